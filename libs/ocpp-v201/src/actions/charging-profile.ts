import type { ChargingProfile, ChargingSchedule } from '@ocpp-gw/contracts';
import { readDistantTime } from '@ocpp-gw/ocpp-j';
import type { ChargingProfileType, ChargingScheduleType } from '#generated/messages.d.ts';
import { fromWire, scheduleFromWire } from '../commands/charging-profile.ts';

/** A profile as a station reports it. Times that cannot be read are left out. */
export function profileOf(reported: ChargingProfileType): ChargingProfile {
  const profile = fromWire(reported);
  return {
    ...profile,
    validFrom: timeOf(profile.validFrom),
    validTo: timeOf(profile.validTo),
    schedule: withTime(profile.schedule),
    alternatives: profile.alternatives?.map(withTime),
  };
}

export function scheduleOf(reported: ChargingScheduleType): ChargingSchedule {
  return withTime(scheduleFromWire(reported));
}

function withTime(schedule: ChargingSchedule): ChargingSchedule {
  return { ...schedule, startSchedule: timeOf(schedule.startSchedule) };
}

function timeOf(raw: string | undefined): string | undefined {
  return readDistantTime(raw)?.toISOString();
}
