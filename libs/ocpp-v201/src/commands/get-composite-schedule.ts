import type { CommandAnswers } from '@ocpp-gw/contracts';
import type { GetCompositeScheduleResponse } from '#generated/messages.d.ts';
import { scheduleFromWire } from './charging-profile.ts';
import { evseOrStation } from './evse.ts';
import { outbound } from './outbound.ts';

/** GetCompositeSchedule (OCPP 2.0.1 K08). */
export const getCompositeSchedule = outbound('GetCompositeSchedule', 'GetCompositeSchedule', {
  toCall: ({ evseId, duration, chargingRateUnit }, checked) =>
    checked({ evseId, duration, chargingRateUnit }, evseOrStation(evseId)),

  readAnswer: readCompositeSchedule,
});

export function readCompositeSchedule({
  schedule,
}: GetCompositeScheduleResponse): CommandAnswers['GetCompositeSchedule'] {
  return schedule
    ? { evseId: schedule.evseId, scheduleStart: schedule.scheduleStart, schedule: scheduleFromWire(schedule) }
    : {};
}
