import { describe, expect, it } from '@jest/globals';
import { getCompositeSchedule, readCompositeSchedule } from './get-composite-schedule.ts';

const period = { startPeriod: 0, limit: 16 };

describe('GetCompositeSchedule', () => {
  it.each([
    { evseId: 0, duration: 300 },
    { evseId: 2, duration: 300, chargingRateUnit: 'W' as const },
  ])('sends %j (TC_K_43, TC_K_44)', (payload) => {
    expect(getCompositeSchedule.toCall({ kind: 'GetCompositeSchedule', ...payload })).toEqual({
      ok: true,
      action: 'GetCompositeSchedule',
      payload,
    });
  });

  it('refuses an EVSE below 0', () => {
    expect(getCompositeSchedule.toCall({ kind: 'GetCompositeSchedule', evseId: -1, duration: 1 })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/evseId' }],
    });
  });

  it('reads the schedule, if there is one', () => {
    const scheduleStart = '2026-03-01T10:00:00Z';
    const schedule = { evseId: 1, duration: 300, scheduleStart, chargingRateUnit: 'A' as const };
    expect(
      readCompositeSchedule({ status: 'Accepted', schedule: { ...schedule, chargingSchedulePeriod: [period] } }),
    ).toEqual({ evseId: 1, scheduleStart, schedule: { duration: 300, chargingRateUnit: 'A', periods: [period] } });
    expect(readCompositeSchedule({ status: 'Rejected' })).toEqual({});
  });
});
