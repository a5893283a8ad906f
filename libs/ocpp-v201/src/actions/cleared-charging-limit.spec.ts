import { describe, expect, it } from '@jest/globals';
import { clearedChargingLimit } from './cleared-charging-limit.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };

describe('ClearedChargingLimit', () => {
  it.each([
    { sent: 2, evseId: 2 },
    { sent: undefined, evseId: 0 },
  ])('ends the limit of EVSE $evseId as of its receipt (K13)', ({ sent, evseId }) => {
    const request = { evseId: sent, chargingLimitSource: 'SO' } as const;
    expect(clearedChargingLimit.lookups(request, facts)).toEqual({});
    expect(clearedChargingLimit.decide(request, facts)).toEqual({
      reply: {},
      before: [{ kind: 'chargingLimit', evseId, source: 'SO', cleared: true, time: { at: now } }],
    });
  });
});
