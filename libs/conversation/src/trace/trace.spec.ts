import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedMessage } from '../conversation.ts';
import { recordedMessage } from '../recorded-message.ts';
import { TraceError, readTrace, readTraceText } from './read.ts';
import { traceLine, traceLines } from './write.ts';

const AT = new Date('2026-03-01T10:00:00.000Z');
const frames = fc.oneof(
  fc.tuple(
    fc.constant(2),
    fc.string({ maxLength: 36 }),
    fc.constantFrom('Heartbeat', 'DataTransfer', 'heartbeat'),
    payload(),
  ),
  fc.tuple(fc.constant(3), fc.string({ maxLength: 36 }), payload()),
  fc.tuple(fc.constant(4), fc.string({ maxLength: 36 }), fc.string({ maxLength: 40 }), fc.string(), payload()),
);

function payload() {
  return fc.dictionary(fc.string(), fc.jsonValue());
}

/** Messages as the gateway records them, of frames of every kind. */
const messages = fc
  .record({
    frame: frames,
    cpId: fc.string(),
    at: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    direction: fc.constantFrom('in' as const, 'out' as const),
    protocol: fc.constantFrom('ocpp1.6', 'ocpp2.0.1', ''),
    eventId: fc.uuid(),
    connectionId: fc.oneof(fc.uuid(), fc.constant('')),
    transactionId: fc.string(),
    latencyMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    sizeBytes: fc.nat(),
  })
  .map(({ frame, ...known }) => {
    const action = frame[0] === 2 ? '' : 'Heartbeat';
    return recordedMessage(JSON.stringify(frame), { ...known, latencyMs: known.latencyMs + 0, action });
  })
  .filter(({ kind }) => kind !== 'unreadable');

const record = (fields: object) =>
  JSON.stringify({
    schemaVersion: '1.1',
    timestamp: AT.toISOString(),
    transport: 'json',
    direction: 'cp-to-csms',
    messageType: 'CALL',
    messageId: '1',
    action: 'Heartbeat',
    ...fields,
  });

describe('a trace', () => {
  it('has the messages that were written to it', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 10 }), (all) => {
        expect([...readTrace(traceLines(all))]).toEqual(all);
        expect(readTraceText([...traceLines(all)].join(''))).toEqual(all);
      }),
    );
  });

  it('has the fields of Open OCPP Trace 1.1, and ours in meta', () => {
    const message = recordedMessage('[2,"7","StatusNotification",{"connectorId":2}]', {
      cpId: 'CP1',
      at: AT,
      direction: 'in',
      protocol: 'ocpp1.6',
      eventId: 'e1',
      connectionId: 'c1',
    });
    expect(JSON.parse(traceLine(message) ?? '')).toEqual({
      schemaVersion: '1.1',
      timestamp: '2026-03-01T10:00:00.000Z',
      ocppVersion: '1.6',
      transport: 'json',
      chargePointId: 'CP1',
      connectorId: 2,
      direction: 'cp-to-csms',
      messageType: 'CALL',
      messageId: '7',
      action: 'StatusNotification',
      payload: { connectorId: 2 },
      raw: '[2,"7","StatusNotification",{"connectorId":2}]',
      meta: { gateway: { eventId: 'e1', connectionId: 'c1', sizeBytes: 46 } },
    });
  });

  it('writes the parts of a CALLERROR', () => {
    const raw = '[4,"7","NotImplemented","no such action",{"a":1}]';
    const message = recordedMessage(raw, { cpId: 'CP1', at: AT, direction: 'in', protocol: 'ocpp1.6' });
    expect(JSON.parse(traceLine(message) ?? '')).toMatchObject({
      messageType: 'CALLERROR',
      error: { code: 'NotImplemented', description: 'no such action', details: { a: 1 } },
    });
  });

  it('leaves out a frame that is no OCPP message', () => {
    const message = recordedMessage('hello', { cpId: 'CP1', at: AT, direction: 'in', protocol: 'ocpp1.6' });
    expect(traceLine(message)).toBeNull();
    expect([...traceLines([message])]).toEqual([]);
  });

  it('keeps a frame that was cut when it was recorded', () => {
    const whole = recordedMessage('[2,"7","DataTransfer",{"data":"aaaa"}]', {
      cpId: 'CP1',
      at: AT,
      direction: 'in',
      protocol: 'ocpp1.6',
    });
    const cut: RecordedMessage = { ...whole, raw: '[2,"7","DataTransfer",{"data":"aa' };
    expect(readTraceText(traceLine(cut) ?? '')).toEqual([cut]);
  });
});

describe('a trace of another tool', () => {
  it('is read without raw texts, and answers get the action of their CALL', () => {
    const lines = [
      record({ payload: {} }),
      '',
      record({ direction: 'csms-to-cp', messageType: 'CALLRESULT', action: undefined, payload: { currentTime: 'x' } }),
      record({ messageId: '2', direction: 'csms-to-cp', action: 'Reset', payload: { type: 'Soft' } }),
      record({ messageId: '2', messageType: 'CALLERROR', action: undefined, error: { code: 'InternalError' } }),
      record({ messageId: '9', messageType: 'CALLRESULT', action: undefined, unknownField: 1 }),
    ];
    expect([...readTrace(lines)].map(({ kind, action, raw, errorCode }) => [kind, action, raw, errorCode])).toEqual([
      ['call', 'Heartbeat', '[2,"1","Heartbeat",{}]', ''],
      ['call_result', 'Heartbeat', '[3,"1",{"currentTime":"x"}]', ''],
      ['call', 'Reset', '[2,"2","Reset",{"type":"Soft"}]', ''],
      ['call_error', 'Reset', '[4,"2","InternalError","",{}]', 'InternalError'],
      ['call_result', '', '[3,"9",{}]', ''],
    ]);
  });

  it.each([
    ['a list of records', (items: readonly unknown[]) => items],
    ['an object with events', (events: readonly unknown[]) => ({ traceId: 't', events })],
  ])('may be %s', (_, whole) => {
    const items = [
      JSON.parse(record({})) as unknown,
      { timestamp: '2026-03-01T10:00:01Z', direction: 'CSMS_TO_CS', message: [3, '1', {}] },
      { timestamp: 1772359202, direction: 'CS_TO_CSMS', message: [2, '2', 'Heartbeat', {}] },
    ];
    expect(
      readTraceText(JSON.stringify(whole(items))).map(({ at, direction, action }) => [
        at.toISOString(),
        direction,
        action,
      ]),
    ).toEqual([
      ['2026-03-01T10:00:00.000Z', 'in', 'Heartbeat'],
      ['2026-03-01T10:00:01.000Z', 'out', 'Heartbeat'],
      ['2026-03-01T10:00:02.000Z', 'in', 'Heartbeat'],
    ]);
  });

  it.each([
    ['{', 'is no JSON; write one JSON object in each line, and no comma between lines'],
    ['7', 'must be a JSON object'],
    [record({ schemaVersion: '2.0' }), 'schemaVersion: must be 1.x'],
    [record({ timestamp: '2026-03-01 10:00' }), 'timestamp: must be an ISO 8601 time with a zone'],
    [record({ transport: 'soap' }), 'transport: must be json'],
    [record({ direction: 'up' }), 'direction: '],
    [record({ action: undefined }), 'action: is missing; name the action of the CALL'],
    [record({ messageType: 'CALLERROR' }), 'error: is missing'],
    [record({ raw: '[2,"2","Heartbeat",{}]' }), 'raw: has another messageId than the record'],
    [record({ raw: '[2,"1","Authorize",{}]' }), 'raw: has another action than the record'],
    [record({ raw: '[3,"1",{}]' }), 'raw: has another messageType than the record'],
    ['{"message":[2,"1","Heartbeat",{}]}', 'timestamp: '],
  ])('is refused with its line and what to do: %s', (line, fault) => {
    const read = () => [...readTrace([record({}), line])];
    expect(read).toThrow(TraceError);
    expect(read).toThrow(`line 2: ${fault}`);
  });
});
