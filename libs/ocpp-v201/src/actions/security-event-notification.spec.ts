import { describe, expect, it } from '@jest/globals';
import { securityEventNotification } from './security-event-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CS-1', now };

describe('SecurityEventNotification', () => {
  it('records the event at the time it happened (A04)', () => {
    const request = { type: 'InvalidFirmwareSignature', timestamp: '2026-02-27T08:00:00+01:00', techInfo: 'slot 1' };
    expect(securityEventNotification.lookups(request, facts)).toEqual({});
    expect(securityEventNotification.decide(request, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'securityEvent',
          type: 'InvalidFirmwareSignature',
          techInfo: 'slot 1',
          time: { at: new Date('2026-02-27T07:00:00Z') },
        },
      ],
      noted: [],
    });
  });

  it('takes a type of no list, and the receive time for a clock that was never set', () => {
    const request = { type: 'CabinetOpened', timestamp: '1970-01-01T00:00:05Z' };
    const { before, noted } = securityEventNotification.decide(request, facts);
    expect(before).toMatchObject([{ type: 'CabinetOpened', time: { at: now, raw: '1970-01-01T00:00:05Z' } }]);
    expect(noted).toEqual(['clock-absurd']);
  });
});
