import { describe, expect, it } from '@jest/globals';
import { encodeResult, type HandledCall, type InboundCall, type Protocol } from '@ocpp-gw/ocpp-j';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import type { Caller } from './caller.ts';
import { replayKey, replayable, replayed } from './replay.ts';

const peer = {
  cpId: 'CP1',
  protocol: ocpp16,
  source: '',
  tolerance: 'lenient' as const,
  serverPing: true,
};
const by = (protocol: Protocol, { cpId = 'CP1', asked = [] }: { cpId?: string; asked?: string[] } = {}): Caller => ({
  peer: { ...peer, cpId, protocol },
  connectionId: 'c1',
  state: { registration: 'Accepted', asked: new Set(asked) },
});
const caller = by(ocpp16);
const stop = {
  id: '7',
  action: 'StopTransaction',
  payload: { transactionId: 1, meterStop: 5, timestamp: '2026-01-02T03:00:00Z' },
};
const boot = { id: '7', action: 'BootNotification', payload: { chargePointVendor: 'V', chargePointModel: 'M' } };
const event = { id: '7', action: 'TransactionEvent', payload: { seqNo: 1, timestamp: '2026-01-02T03:00:00Z' } };
const now = new Date('2026-01-02T03:04:05.678Z');

const keyOf = (caller: Caller, call: InboundCall) => replayKey(caller, call, now);
const REPEATABLE = [
  { caller, call: stop },
  { caller: by(ocpp201), call: event },
];

describe(replayKey.name, () => {
  it.each(REPEATABLE)('is one for $call.action on every connection', ({ caller, call }) => {
    const key = keyOf(caller, call);
    expect(key).toMatch(/^cp:idem:CP1:[\w-]{43}$/);
    expect(keyOf({ ...caller, connectionId: 'c2' }, structuredClone(call))).toBe(key);
  });

  it('is another for a boot on another connection: the charger has booted', () => {
    expect(keyOf(caller, boot)).toBe(keyOf(caller, structuredClone(boot)));
    expect(keyOf({ ...caller, connectionId: 'c2' }, boot)).not.toBe(keyOf(caller, boot));
  });

  it.each([
    ['message id', { ...stop, id: '8' }],
    ['payload', { ...stop, payload: { ...stop.payload, meterStop: 6 } }],
  ])('is another for another %s', (_what, call) => {
    expect(keyOf(caller, call)).not.toBe(keyOf(caller, stop));
  });

  it('is another for another charger, however its name ends', () => {
    expect(keyOf(by(ocpp16, { cpId: 'CP1:7' }), stop)).not.toBe(keyOf(caller, stop));
  });

  it.each(['StartTransaction', 'Heartbeat', 'MeterValues', 'TransactionEvent', 'constructor'])(
    'is none for %s',
    (action) => {
      expect(keyOf(caller, { ...stop, action })).toBeNull();
    },
  );

  it('is none for what nests without end', () => {
    const payload: unknown = JSON.parse('['.repeat(300_000) + ']'.repeat(300_000));
    expect(keyOf(caller, { ...stop, payload })).toBeNull();
  });

  it('is none for a boot that was triggered, and one for a triggered event, which says which it is', () => {
    const asked = by(ocpp201, { asked: ['BootNotification', 'TransactionEvent'] });
    expect(keyOf(asked, boot)).toBeNull();
    expect(keyOf(asked, event)).toBe(keyOf(by(ocpp201), event));
  });

  it.each([
    ['of the year 1970', '1970-01-01T00:00:12Z'],
    ['a day and more ago', '2026-01-01T03:04:05Z'],
    ['a day and more to come', '2026-01-03T03:04:06Z'],
    ['that is none', ''],
    ['that is no text', 12],
    ['that is missing', undefined],
  ])('is none for a stop or an event of a time %s: its bytes may come again of another transaction', (_, timestamp) => {
    for (const { caller, call } of REPEATABLE)
      expect(keyOf(caller, { ...call, payload: { ...call.payload, timestamp } })).toBeNull();
  });

  it.each(['2026-01-01T03:05:00Z', '2026-01-03T03:04:00Z', '2026-01-02T05:04:05+02:00'])(
    'is one for a stop and an event of %s, less than a day away',
    (timestamp) => {
      for (const { caller, call } of REPEATABLE)
        expect(keyOf(caller, { ...call, payload: { ...call.payload, timestamp } })).not.toBeNull();
    },
  );

  it.each([null, 'text', 1, []])('is none for the payload %j', (payload) => {
    expect(keyOf(caller, { ...stop, payload })).toBeNull();
  });
});

const handled = (facts: Partial<HandledCall>): HandledCall => ({
  frame: '',
  action: 'StopTransaction',
  outcome: 'result',
  deviations: [],
  effects: [],
  after: [],
  ...facts,
});

describe(replayable.name, () => {
  it.each<[string, HandledCall, string | null]>([
    ['an empty answer', handled({ reply: {} }), '{}'],
    [
      'the answer to an accepted boot',
      handled({ action: 'BootNotification', reply: { status: 'Accepted', interval: 9 } }),
      '{"status":"Accepted","interval":9}',
    ],
    ['no boot that is to come again', handled({ action: 'BootNotification', reply: { status: 'Pending' } }), null],
    ['no boot that is refused', handled({ action: 'BootNotification', reply: { status: 'Rejected' } }), null],
    ['no error, which has to be tried again', handled({ outcome: 'InternalError' }), null],
  ])('keeps %s', (_what, answer, kept) => {
    expect(replayable(ocpp16, answer)).toBe(kept);
  });
});

describe(replayed.name, () => {
  const group = {
    idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'G', type: 'Central' } },
    totalCost: 6.1,
  };

  it.each([
    [ocpp16, stop, {}],
    [ocpp16, stop, { idTagInfo: { status: 'Expired', parentIdTag: 'Ü', expiryDate: '2026-01-01T00:00:00.000Z' } }],
    [ocpp201, event, group],
  ])('is the answer before, byte for byte', (protocol, call, reply) => {
    const kept = replayable(protocol, handled({ action: call.action, reply })) ?? '';
    expect(replayed(protocol, call, kept, now)).toMatchObject({
      frame: encodeResult(call.id, reply),
      outcome: 'result',
      reply,
      effects: [],
      after: [],
    });
  });

  it.each([ocpp16, ocpp201])('of a boot has the time of now', (protocol) => {
    const before = { status: 'Accepted', currentTime: '2026-01-01T00:00:00.000Z', interval: 300 };
    const frame = encodeResult('7', { ...before, currentTime: now.toISOString() });
    expect(replayed(protocol, boot, JSON.stringify(before), now)?.frame).toBe(frame);
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"idTagInfo":{"status":"Perhaps"}}', '{"other":1}'])(
    'is none of what is no answer to that action: %s',
    (kept) => {
      expect(replayed(ocpp16, stop, kept, now)).toBeNull();
    },
  );
});
