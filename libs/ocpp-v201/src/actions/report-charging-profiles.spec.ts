import { describe, expect, it } from '@jest/globals';
import type { ChargingProfileType, ChargingScheduleType } from '#generated/messages.d.ts';
import { reportChargingProfiles } from './report-charging-profiles.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };

const schedule: ChargingScheduleType = {
  id: 1,
  startSchedule: '2026-03-01T02:00:00+02:00',
  duration: 3600,
  chargingRateUnit: 'A',
  minChargingRate: 6.5,
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 16, numberPhases: 1, phaseToUse: 2 }],
};
const profile: ChargingProfileType = {
  id: 5,
  stackLevel: 2,
  chargingProfilePurpose: 'TxProfile',
  chargingProfileKind: 'Absolute',
  validFrom: '1970-01-01T00:00:00Z',
  validTo: '2099-01-01T00:00:00Z',
  transactionId: 'T-1',
  chargingSchedule: [schedule],
};
const request = { requestId: 11, evseId: 1, chargingLimitSource: 'CSO' as const };

const neutralSchedule = {
  startSchedule: '2026-03-01T00:00:00.000Z',
  duration: 3600,
  chargingRateUnit: 'A',
  minChargingRate: 6.5,
  periods: schedule.chargingSchedulePeriod,
};

describe('ReportChargingProfiles', () => {
  it('tells the profiles of one EVSE and source, and files the part (K09)', () => {
    const part = { ...request, tbc: true, chargingProfile: [profile] };
    expect(reportChargingProfiles.lookups(part, facts)).toEqual({});
    expect(reportChargingProfiles.decide(part, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'chargingProfilesReported',
          evseId: 1,
          source: 'CSO',
          profiles: [
            {
              chargingProfileId: 5,
              stackLevel: 2,
              purpose: 'TxProfile',
              kind: 'Absolute',
              validFrom: '1970-01-01T00:00:00.000Z',
              validTo: '2099-01-01T00:00:00.000Z',
              transactionId: 'T-1',
              schedule: neutralSchedule,
            },
          ],
        },
        {
          kind: 'reportPart',
          report: 'ChargingProfiles',
          requestId: 11,
          last: false,
          items: [{ evseId: 1, chargingLimitSource: 'CSO', chargingProfile: profile }],
          time: { at: now },
        },
      ],
    });
  });

  it('tells what an external system set, which no command can set (TC_K_52)', () => {
    const external = { ...profile, chargingProfilePurpose: 'ChargingStationExternalConstraints' as const };
    const part = { ...request, evseId: 0, chargingLimitSource: 'EMS' as const, chargingProfile: [external] };
    expect(reportChargingProfiles.decide(part, facts).before).toMatchObject([
      { evseId: 0, source: 'EMS', profiles: [{ purpose: 'ChargingStationExternalConstraints' }] },
      { last: true },
    ]);
  });

  it('keeps every schedule that a vehicle may choose from', () => {
    const chargingSchedule = [schedule, { ...schedule, id: 2 }, { ...schedule, id: 3 }];
    const part = { ...request, chargingProfile: [{ ...profile, chargingSchedule }] };
    expect(reportChargingProfiles.decide(part, facts).before).toMatchObject([
      { profiles: [{ schedule: neutralSchedule, alternatives: [neutralSchedule, neutralSchedule] }] },
      {},
    ]);
  });

  it('leaves out a time that is none, which lenient lets pass', () => {
    const [effect] = reportChargingProfiles.decide(
      { ...request, chargingProfile: [{ ...profile, validFrom: 'soon' }] },
      facts,
    ).before;
    expect(effect).toMatchObject({ profiles: [{ validFrom: undefined, validTo: '2099-01-01T00:00:00.000Z' }] });
  });
});
