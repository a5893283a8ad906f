import type { ChargingProfile } from '@ocpp-gw/contracts';
import type { RequestFault } from '../problems/members.ts';

/** A time at which something ends must not have passed: the charge point would forget it at once, or refuse it. */
export function checkEnd(pointer: string, time: string | undefined, now: Date): RequestFault[] {
  return time !== undefined && new Date(time) <= now ? [{ pointer, message: 'is in the past' }] : [];
}

export function checkProfileEnd(profile: ChargingProfile | undefined, now: Date): RequestFault[] {
  return checkEnd('/charging_profile/valid_to', profile?.validTo, now);
}

/** The period of a log. */
export function checkLogPeriod({ oldest, latest }: { oldest?: string; latest?: string }): RequestFault[] {
  if (oldest === undefined || latest === undefined || new Date(oldest) <= new Date(latest)) return [];
  return [{ pointer: '/latest', message: 'must not be before oldest' }];
}
