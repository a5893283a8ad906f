import { describe, expect, it } from '@jest/globals';
import { notifyChargingLimit } from './notify-charging-limit.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };

describe('NotifyChargingLimit', () => {
  it('records the limit with its schedules as of its receipt (K12)', () => {
    const period = { startPeriod: 0, limit: 8 };
    const request = {
      evseId: 2,
      chargingLimit: { chargingLimitSource: 'SO', isGridCritical: true },
      chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [period] }],
    } as const;
    const sent = {
      ...request,
      chargingSchedule: request.chargingSchedule.map((each) => ({ ...each, chargingSchedulePeriod: [period] })),
    };
    expect(notifyChargingLimit.lookups(sent, facts)).toEqual({});
    expect(notifyChargingLimit.decide(sent, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'chargingLimit',
          evseId: 2,
          source: 'SO',
          cleared: false,
          gridCritical: true,
          schedules: [{ chargingRateUnit: 'A', periods: [period] }],
          time: { at: now },
        },
      ],
    });
  });

  it('without an EVSE is of the whole station', () => {
    expect(notifyChargingLimit.decide({ chargingLimit: { chargingLimitSource: 'EMS' } }, facts).before).toEqual([
      { kind: 'chargingLimit', evseId: 0, source: 'EMS', cleared: false, time: { at: now } },
    ]);
  });
});
