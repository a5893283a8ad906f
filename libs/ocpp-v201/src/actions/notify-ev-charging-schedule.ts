import { type ActionHandler, clockIsAbsurd, readChargerTime, rulesMet } from '@ocpp-gw/ocpp-j';
import type { NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse } from '#generated/messages.d.ts';
import { scheduleOf } from './charging-profile.ts';
import { exceedsProfile } from './schedule-limit.ts';

/**
 * NotifyEVChargingSchedule, charging station to CSMS (OCPP 2.0.1 K17).
 * The charging schedule that a vehicle plans. If it exceeds the limits, the answer is Rejected and the profile is sent again.
 */
export const notifyEvChargingSchedule: ActionHandler<
  NotifyEVChargingScheduleRequest,
  NotifyEVChargingScheduleResponse,
  'transactionProfile'
> = {
  lookups: ({ evseId }) => ({ transactionProfile: { evseId } }),
  decide({ evseId, timeBase, chargingSchedule }, { now, transactionProfile: profile }) {
    const schedule = scheduleOf(chargingSchedule);
    const time = readChargerTime(timeBase, now);
    const broken = profile && exceedsProfile(schedule, time.at, profile) ? profile : undefined;
    const status = broken ? 'Rejected' : 'Accepted';
    return {
      reply: { status },
      before: [{ kind: 'evChargingSchedule', evseId, schedule, status, time }],
      noted: rulesMet({ 'clock-absurd': clockIsAbsurd(timeBase, now) }),
      after: broken && [{ kind: 'SetChargingProfile', evseId, chargingProfile: broken }],
    };
  },
};
