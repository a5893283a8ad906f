import { describe, expect, it } from '@jest/globals';
import { unlockConnector } from './unlock-connector.ts';

describe('UnlockConnector', () => {
  it.each([
    { sent: { evseId: 2 }, payload: { evseId: 2, connectorId: 1 } },
    { sent: { evseId: 2, connectorId: 3 }, payload: { evseId: 2, connectorId: 3 } },
  ])('$sent is $payload (TC_F_06)', ({ sent, payload }) => {
    expect(unlockConnector.toCall({ kind: 'UnlockConnector', ...sent })).toEqual({
      ok: true,
      action: 'UnlockConnector',
      payload,
    });
  });

  it.each([
    [{ evseId: 0 }, '/evseId'],
    [{ evseId: 1, connectorId: 0 }, '/connectorId'],
  ])('refuses %j, which is no connector', (sent, path) => {
    expect(unlockConnector.toCall({ kind: 'UnlockConnector', ...sent })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path, message: 'must be 1 or more' }],
    });
  });
});
