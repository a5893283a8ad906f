import type { CommandAnswers, GetCompositeSchedule } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { GetCompositeScheduleResponse } from '#generated/messages.d.ts';
import { scheduleFromWire } from './charging-profile.ts';
import { checked } from './checked.ts';
import { evseOrStation } from './evse.ts';

/** GetCompositeSchedule (OCPP 2.0.1 K08). */
export function getCompositeSchedule({ evseId, duration, chargingRateUnit }: GetCompositeSchedule): Translation {
  return checked('GetCompositeSchedule', { evseId, duration, chargingRateUnit }, evseOrStation(evseId));
}

export function readCompositeSchedule({
  schedule,
}: GetCompositeScheduleResponse): CommandAnswers['GetCompositeSchedule'] {
  return schedule
    ? { evseId: schedule.evseId, scheduleStart: schedule.scheduleStart, schedule: scheduleFromWire(schedule) }
    : {};
}
