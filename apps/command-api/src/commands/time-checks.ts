import type { ChargingProfile, DisplayMessage } from '@ocpp-gw/contracts';
import type { RequestFault } from '../problems/members.ts';

/**
 * A time at which something ends must not have passed: the charge point would forget it at once, or refuse it. A time at which
 * something begins may have: it means at once.
 */
export function checkEnd(pointer: string, time: string | undefined, now: Date): RequestFault[] {
  return time !== undefined && new Date(time) <= now ? [{ pointer, message: 'is in the past' }] : [];
}

export function checkProfileTimes(profile: ChargingProfile | undefined, now: Date): RequestFault[] {
  if (!profile) return [];
  const { kind, validFrom, validTo, schedule, alternatives = [] } = profile;
  // Only an absolute schedule ends once and for all.
  const schedules = kind === 'Absolute' ? [schedule, ...alternatives] : [];
  return [
    ...checkEnd('/charging_profile/valid_to', validTo, now),
    ...checkOrder('/charging_profile/valid_to', { from: validFrom, to: validTo, after: 'valid_from' }),
    ...schedules.flatMap(({ startSchedule, duration }, index) => {
      if (startSchedule === undefined || duration === undefined) return [];
      const end = new Date(Date.parse(startSchedule) + duration * 1000).toISOString();
      const place = index === 0 ? 'schedule' : `alternatives/${index - 1}`;
      return checkEnd(`/charging_profile/${place}/duration`, end, now).map(({ pointer }) => ({
        pointer,
        message: 'ends the schedule in the past',
      }));
    }),
  ];
}

export function checkMessageTimes({ startDateTime, endDateTime }: DisplayMessage, now: Date): RequestFault[] {
  return [
    ...checkEnd('/message/end_date_time', endDateTime, now),
    ...checkOrder('/message/end_date_time', { from: startDateTime, to: endDateTime, after: 'start_date_time' }),
  ];
}

/** The period of a log. */
export function checkLogPeriod({ oldest, latest }: { oldest?: string; latest?: string }): RequestFault[] {
  return checkOrder('/latest', { from: oldest, to: latest, after: 'oldest' });
}

interface Period {
  from: string | undefined;
  to: string | undefined;
  /** The field that has `from`. */
  after: string;
}

function checkOrder(pointer: string, { from, to, after }: Period): RequestFault[] {
  if (from === undefined || to === undefined || new Date(from) <= new Date(to)) return [];
  return [{ pointer, message: `must not be before ${after}` }];
}
