import { describe, expect, it } from '@jest/globals';
import { encodeResult, type HandledCall } from '@ocpp-gw/ocpp-j';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { replayKey, replayable, replayed } from './replay.ts';

const caller = { cpId: 'CP1', connectionId: 'c1', asked: new Set<string>() };
const stop = { id: '7', action: 'StopTransaction', payload: { transactionId: 1, meterStop: 5 } };
const boot = { id: '7', action: 'BootNotification', payload: { chargePointVendor: 'V', chargePointModel: 'M' } };
const event = { id: '7', action: 'TransactionEvent', payload: { seqNo: 1 } };
const now = new Date('2026-01-02T03:04:05.678Z');

describe(replayKey.name, () => {
  it.each([stop, event])('is one for $action on every connection', (call) => {
    const key = replayKey(caller, call);
    expect(key).toMatch(/^cp:idem:CP1:[\w-]{43}$/);
    expect(replayKey({ ...caller, connectionId: 'c2' }, structuredClone(call))).toBe(key);
  });

  it('is another for a boot on another connection: the charger has booted', () => {
    expect(replayKey(caller, boot)).toBe(replayKey(caller, structuredClone(boot)));
    expect(replayKey({ ...caller, connectionId: 'c2' }, boot)).not.toBe(replayKey(caller, boot));
  });

  it.each([
    ['message id', { ...stop, id: '8' }],
    ['payload', { ...stop, payload: { ...stop.payload, meterStop: 6 } }],
    ['action', { ...stop, action: 'TransactionEvent' }],
  ])('is another for another %s', (_what, call) => {
    expect(replayKey(caller, call)).not.toBe(replayKey(caller, stop));
  });

  it('is another for another charger, however its name ends', () => {
    expect(replayKey({ ...caller, cpId: 'CP1:7' }, stop)).not.toBe(replayKey(caller, stop));
  });

  it.each(['StartTransaction', 'Heartbeat', 'MeterValues', 'constructor'])('is none for %s', (action) => {
    expect(replayKey(caller, { ...stop, action })).toBeNull();
  });

  it('is none for what nests without end', () => {
    const payload: unknown = JSON.parse('['.repeat(300_000) + ']'.repeat(300_000));
    expect(replayKey(caller, { ...stop, payload })).toBeNull();
  });

  it('is none for a boot that was triggered, and one for a triggered event, which says which it is', () => {
    const asked = new Set(['BootNotification', 'TransactionEvent']);
    expect(replayKey({ ...caller, asked }, boot)).toBeNull();
    expect(replayKey({ ...caller, asked }, event)).toBe(replayKey(caller, event));
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
    expect(replayable(answer)).toBe(kept);
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
    const kept = replayable(handled({ action: call.action, reply })) ?? '';
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
