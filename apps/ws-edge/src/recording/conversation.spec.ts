import { describe, expect, it } from '@jest/globals';
import { parseFrame, type Protocol } from '@ocpp-gw/ocpp-j';
import { ocpp16 as v16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 as v201 } from '@ocpp-gw/ocpp-v201';
import { Conversation, type RecordedFrame } from './conversation.ts';

/** The frames of a conversation: [direction, text]. */
function record(protocol: Protocol, ...frames: ['in' | 'out', string][]): RecordedFrame[] {
  const sut = new Conversation();
  return frames.map(([direction, text]) =>
    direction === 'out' ? sut.sent(text) : sut.received(text, parseFrame(text, protocol.dialect, 'lenient')),
  );
}

describe(Conversation.name, () => {
  it('gives an answer the action and the transaction of its CALL, in both directions', () => {
    const stop = '[2,"a","StopTransaction",{"transactionId":7,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z"}]';
    const frames = record(
      v16,
      ['in', stop],
      ['out', '[2,"b","RemoteStopTransaction",{"transactionId":8}]'],
      ['out', '[3,"a",{}]'],
      ['in', '[3,"b",{"status":"Accepted"}]'],
    );
    expect(frames).toMatchObject([
      {
        number: 1,
        direction: 'in',
        kind: 'call',
        action: 'StopTransaction',
        messageId: 'a',
        transactionId: '7',
        raw: stop,
      },
      { number: 2, direction: 'out', kind: 'call', action: 'RemoteStopTransaction', transactionId: '8', outcome: '' },
      { number: 3, kind: 'call_result', outcome: 'result', action: 'StopTransaction', transactionId: '7' },
      { number: 4, kind: 'call_result', outcome: 'result', action: 'RemoteStopTransaction', transactionId: '8' },
    ]);
    for (const { latencyMs } of frames.slice(2)) expect(latencyMs).toBeGreaterThanOrEqual(0);
    for (const { latencyMs } of frames.slice(0, 2)) expect(latencyMs).toBeUndefined();
  });

  it('does not take a CALL of the other side for that of an answer, though they have one id', () => {
    const [, , answer] = record(
      v16,
      ['out', '[2,"1","Reset",{"type":"Soft"}]'],
      ['in', '[2,"1","Heartbeat",{}]'],
      ['out', '[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]'],
    );
    expect(answer).toMatchObject({ action: 'Heartbeat', direction: 'out' });
  });

  it.each<[string, Protocol, 'in' | 'out', string, Partial<RecordedFrame>]>([
    [
      'the transaction that a start of 1.6 is given',
      v16,
      'out',
      '[3,"x",{"transactionId":9,"idTagInfo":{}}]',
      { transactionId: '9' },
    ],
    [
      'the transaction of 2.0.1',
      v201,
      'in',
      '[2,"x","TransactionEvent",{"transactionInfo":{"transactionId":"T1"}}]',
      { transactionId: 'T1' },
    ],
    [
      'a CALLERROR as the charger writes it',
      v16,
      'in',
      '[4,"x","formationViolation","",{}]',
      { kind: 'call_error', outcome: 'error', errorCode: 'formationViolation' },
    ],
    [
      'one of the gateway',
      v16,
      'out',
      '[4,"x","NotSupported","",{}]',
      { kind: 'call_error', errorCode: 'NotSupported' },
    ],
    ['an answer that is no JSON', v16, 'in', '[3,"x",{"status":', { kind: 'unreadable', messageId: 'x' }],
    ['what is no OCPP at all', v16, 'in', 'hello', { kind: 'unreadable', messageId: '', action: '' }],
    ['an empty frame', v16, 'in', '', { kind: 'unreadable', raw: '' }],
    ['an answer to nothing', v16, 'in', '[3,"x",{}]', { kind: 'call_result', action: '' }],
    ['names of any length', v16, 'in', `[2,"x","${'A'.repeat(1000)}",{}]`, { action: 'A'.repeat(255) }],
  ])('reads %s', (_what, protocol, direction, text, expected) => {
    expect(record(protocol, [direction, text])).toMatchObject([expected]);
  });

  it('knows the answer to a CALL whose id is a number, also one that JavaScript cannot hold', () => {
    const [, answer] = record(v16, ['in', '[2,9007199254740993,"Heartbeat",{}]'], ['out', '[3,9007199254740993,{}]']);
    expect(answer).toMatchObject({ messageId: '9007199254740993', action: 'Heartbeat' });
  });

  it('forgets CALLs that nobody answers', () => {
    const frames = Array.from({ length: 100 }, (_, n): ['out', string] => [
      'out',
      `[2,"${n}","Reset",{"type":"Soft"}]`,
    ]);
    const all = record(v16, ...frames, ['in', '[3,"0",{}]'], ['in', '[3,"99",{}]']);
    expect(all.slice(-2).map(({ action }) => action)).toEqual(['', 'Reset']);
  });
});
