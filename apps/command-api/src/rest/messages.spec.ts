import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { isAskedFor } from './message.schema.ts';
import { OcppMessage } from '@ocpp-gw/contracts';

const { messages, chargePoints, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

const OF = '/api/v1/charge-points/cp-1';

describe('the recorded frames of a charge point', () => {
  it('are narrowed, and those of the charge point as it is registered', async () => {
    const query =
      'action=Heartbeat&direction=in&kind=call&outcome=error&transaction_id=7&q=x&connection_id=c&limit=5' +
      '&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';
    expect((await api.request('GET', `${OF}/messages?${query}`)).status).toBe(200);
    expect(messages.list).toHaveBeenLastCalledWith({
      cpId: 'CP-1',
      action: 'Heartbeat',
      direction: 'in',
      kind: 'call',
      outcome: 'error',
      transactionId: '7',
      connectionId: 'c',
      text: 'x',
      limit: 5,
      from: new Date('2026-01-01T00:00:00Z'),
      to: new Date('2026-01-02T00:00:00Z'),
    });
  });

  it.each(['direction=up', 'kind=x', 'outcome=ok', 'from=yesterday'])('are not for %s', async (query) => {
    expect((await api.request('GET', `${OF}/messages?${query}`)).status).toBe(400);
  });
});

describe('the recording of a charge point', () => {
  it('lasts for as many hours as are asked for', async () => {
    const before = Date.now();
    const { status, body } = await api.request('PUT', `${OF}/recording`, { json: { hours: 24 } });
    expect([status, body.cp_id]).toEqual([200, 'CP-1']);
    const [cpId, changes] = chargePoints.update.mock.lastCall ?? [];
    expect([cpId, changes]).toEqual(['CP-1', { recordedUntil: new Date(body.recorded_until) }]);
    expect(Date.parse(body.recorded_until) - before).toBeGreaterThanOrEqual(24 * 3_600_000);
  });

  it('ends', async () => {
    expect((await api.request('DELETE', `${OF}/recording`)).body).toEqual({ cp_id: 'CP-1', recorded_until: null });
    expect(chargePoints.update).toHaveBeenLastCalledWith('CP-1', { recordedUntil: null });
  });

  it.each([{}, { hours: 0 }, { hours: 721 }, { hours: '24' }, { days: 1 }])('refuses %j', async (body) => {
    expect((await api.request('PUT', `${OF}/recording`, { json: body })).status).toBe(422);
  });

  it('is of a charge point that exists', async () => {
    expect((await api.request('PUT', '/api/v1/charge-points/NOPE/recording', { json: { hours: 1 } })).status).toBe(404);
  });
});

describe('isAskedFor', () => {
  const frame = OcppMessage.fromPartial({
    direction: 'in',
    kind: 'call',
    action: 'StartTransaction',
    transactionId: '7',
    raw: '[2,"1","StartTransaction",{"idTag":"TAG"}]',
  });

  it.each<[Parameters<typeof isAskedFor>[0], boolean]>([
    [{}, true],
    [{ action: 'StartTransaction', direction: 'in', kind: 'call', transaction_id: '7', q: 'tag"' }, true],
    [{ action: 'Heartbeat' }, false],
    [{ direction: 'out' }, false],
    [{ outcome: 'error' }, false],
    [{ transaction_id: '8' }, false],
    [{ q: 'nope' }, false],
  ])('%j: %s', (query, expected) => {
    expect(isAskedFor(query, frame)).toBe(expected);
  });
});
