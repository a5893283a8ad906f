import { expect, it } from '@jest/globals';
import { loggedUrl } from './logged-url.ts';

it.each([
  ['/api/v1/authorization-cache/CANARY', '/api/v1/authorization-cache/…'],
  ['/api/v1/transactions?cp_id=CP1&id_token=CANARY&limit=5', '/api/v1/transactions?cp_id=CP1&id_token=…&limit=5'],
  ['/api/v1/transactions?id_token=CAN%2FARY', '/api/v1/transactions?id_token=…'],
  ['/api/v1/charge-points/CP1', '/api/v1/charge-points/CP1'],
])('the log has %s as %s', (url, logged) => {
  expect(loggedUrl(url)).toBe(logged);
});
