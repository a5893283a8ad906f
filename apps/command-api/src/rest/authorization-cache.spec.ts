import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';

const { authorizeEntries, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

describe('the authorization cache', () => {
  const remove = (headers = {}) => api.request('DELETE', '/api/v1/authorization-cache/TAG%3A1', { headers });

  it('forgets a token', async () => {
    authorizeEntries.remove.mockResolvedValueOnce(2);
    expect(await remove()).toMatchObject({ status: 200, body: { removed: 2 } });
    expect(authorizeEntries.remove).toHaveBeenCalledWith('TAG:1');
  });

  it('is for administrators', async () => {
    expect((await remove({ authorization: 'Bearer command-token' })).status).toBe(403);
  });

  it('is a dependency away while Redis is', async () => {
    authorizeEntries.remove.mockRejectedValueOnce(new RedisUnavailableError('remove'));
    expect(await remove()).toMatchObject({ status: 503, body: { dependency: 'redis' } });
  });
});
