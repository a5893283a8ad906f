import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '@ocpp-gw/clickhouse';
import { readTraceText } from '@ocpp-gw/conversation';
import { TOKEN, startApi, type RunningApi } from '../testdata/api.ts';
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

describe('what is wrong with a charge point', () => {
  const frame = (number: number, parts: Partial<Message>): Message => ({
    eventId: `e${number}`,
    occurredAt: new Date(Date.UTC(2026, 0, 1, 12, 0, number)),
    recordedAt: new Date(Date.UTC(2026, 0, 1, 12, 0, number)),
    protocol: 'ocpp1.6',
    pod: 'pod',
    direction: 'in',
    kind: 'call',
    action: 'Authorize',
    messageId: String(number),
    outcome: null,
    errorCode: null,
    latencyMs: null,
    sizeBytes: 40,
    connectionId: 'c1',
    number,
    transactionId: null,
    raw: '',
    ...parts,
  });
  const conversation = [
    frame(1, { messageId: 'a', raw: '[2,"a","Authorize",{"idTag":"CARD0001"}]' }),
    frame(2, {
      ...{ messageId: 'a', direction: 'out', kind: 'call_result', outcome: 'result', latencyMs: 5 },
      raw: '[3,"a",{"idTagInfo":{"status":"Blocked"}}]',
    }),
  ];
  const recorded = (frames: readonly Message[]): void => {
    messages.all.mockImplementationOnce(async function* () {
      yield frames.toReversed();
    });
  };
  const day = 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';

  it('is named with the frames that prove it', async () => {
    recorded(conversation);
    const { status, body } = await api.request('GET', `${OF}/findings?${day}`);
    expect([status, body.cp_id, body.messages, body.is_cut]).toEqual([200, 'CP-1', 2, false]);
    expect(body.items).toMatchObject([
      { id: 'failed-authorization', count: 1, frames: [{ event_id: 'e1' }, { event_id: 'e2', direction: 'out' }] },
    ]);
    const window = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') };
    expect(messages.all).toHaveBeenLastCalledWith({ cpId: 'CP-1', ...window }, 5_000);
  });

  it('is nothing where nothing was said', async () => {
    const { body } = await api.request('GET', `${OF}/findings`);
    expect([body.items, body.messages]).toEqual([[], 0]);
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(86_400_000);
  });

  it('can be read elsewhere as a trace, the oldest frame first', async () => {
    recorded(conversation);
    const answer = await fetch(`${api.url}${OF}/messages/export?${day}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const read = readTraceText(await answer.text());
    expect(read.map(({ direction, action, raw }) => [direction, action, raw])).toEqual([
      ['in', 'Authorize', conversation[0]?.raw],
      ['out', 'Authorize', conversation[1]?.raw],
    ]);
  });

  it('names nobody where it is anonymised', async () => {
    recorded(conversation);
    const answer = await fetch(`${api.url}${OF}/messages/export?${day}&anonymised=true`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const text = await answer.text();
    expect(text).not.toMatch(/CARD0001|CP-1/);
    expect(answer.headers.get('content-disposition')).not.toContain('CP-1');
    expect(text).toContain('"status":"Blocked"');
  });
});
