import { describe, expect, it } from '@jest/globals';
import { recordedMessage } from '@ocpp-gw/conversation';
import fc from 'fast-check';
import { GivenIds } from './given-ids.ts';
import { frameToSend, rewritten } from './rewrite.ts';

const AT = new Date('2026-11-01T10:00:00.000Z');
const message = (raw: string) => recordedMessage(raw, { cpId: 'CP1', at: AT, direction: 'in', protocol: 'ocpp1.6' });
const changes = (shiftMs = 0, ids = new GivenIds()) => ({ version: '1.6' as const, ids, shiftMs });

/** The gateway gave 42 where 7 was recorded. */
function idsWith42(): GivenIds {
  const ids = new GivenIds();
  ids.learn('transactionId', 7, 42);
  return ids;
}

describe('a frame that is sent again', () => {
  it.each([
    ['[2, "1", "Heartbeat", {} ]', '1'],
    ['[2,"1","MeterValues",{"connectorId":1,"meterValue":[]}]\u0000', '1'],
    ['[2,17,"Heartbeat",{}]', 17],
  ])('is %j byte for byte where nothing changes', (raw, id) => {
    expect(frameToSend(message(raw), changes(3_600_000, idsWith42()))).toEqual({ id, text: raw });
  });

  it('names the transaction as the gateway numbers it now, as text where it was text', () => {
    const raw = '[2,"1","StopTransaction",{"transactionId":7,"meterStop":1,"data":{"transactionId":"7"}}]';
    expect(frameToSend(message(raw), changes(0, idsWith42())).text).toBe(
      '[2,"1","StopTransaction",{"transactionId":42,"meterStop":1,"data":{"transactionId":"42"}}]',
    );
  });

  it('keeps a number that the gateway has not given', () => {
    const raw = '[2,"1","StopTransaction",{"transactionId":-1,"meterStop":1}]';
    expect(frameToSend(message(raw), changes(0, idsWith42())).text).toBe(raw);
  });
});

describe('times', () => {
  it('keep their distance from each other, and nothing else moves', () => {
    const times = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(times, times, fc.integer({ min: -1e12, max: 1e12 }), (one, other, shiftMs) => {
        const payload = {
          timestamp: one.toISOString(),
          list: [{ at: other.toISOString(), vendor: '2026-01-01', n: 7 }],
        };
        const moved = rewritten(payload, 'StatusNotification', changes(shiftMs)) as typeof payload;
        expect(Date.parse(moved.timestamp) - one.getTime()).toBe(shiftMs);
        expect(Date.parse(moved.list[0]?.at ?? '') - other.getTime()).toBe(shiftMs);
        expect(rewritten(moved, 'StatusNotification', changes(-shiftMs))).toEqual(payload);
      }),
    );
  });
});
