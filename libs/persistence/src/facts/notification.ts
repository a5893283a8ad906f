import type { StationEvent } from '@ocpp-gw/ocpp-j';
import { hash } from 'node:crypto';
import type { Entry, EntryOf } from './entry.ts';

/**
 * What a station says of one subject, so that what says the same can be known (docs/adr/0029). A station's subjects are few:
 * connectors, variables, its security events.
 */
export interface Notification {
  subject: string;
  /** Equal where all that was said is equal, the time too; null where it named no time: nothing tells such from news. */
  content: string | null;
  /** Equal where it was said under the same message id besides; null where it has none. */
  call: string | null;
  /** The named time, where it can be compared with those of other notifications. */
  toldAt: Date | null;
}

/** A clock that is further ahead than this is wrong, and says nothing of what came before what. */
const CLOCK_AHEAD_MS = 60_000;

export function statusNotifications(entry: EntryOf<'connectorStatus'>): Notification[] {
  const { evseId, connectorId, status, errorCode, info, vendorId, vendorErrorCode, time } = entry.effect;
  const said = [status, errorCode, info, vendorId, vendorErrorCode];
  return [notification(entry, `status/${evseId}/${connectorId}`, said, time)];
}

export function securityNotifications(entry: EntryOf<'securityEvent'>): Notification[] {
  const { type, techInfo, time } = entry.effect;
  return [notification(entry, 'security', [type, techInfo], time)];
}

export function scheduleNotifications(entry: EntryOf<'evChargingSchedule'>): Notification[] {
  const { evseId, schedule, status, time } = entry.effect;
  return [notification(entry, `schedule/${evseId}`, [schedule, status], time)];
}

export function eventNotifications(entry: EntryOf<'stationEvents'>): Notification[] {
  return entry.effect.events.map(({ time, ...said }, index) => {
    const { component, variable } = said;
    // Names are identifierStrings: case-insensitive.
    const names = [component.name, component.instance, variable.name, variable.instance].map((name) =>
      name?.toLowerCase(),
    );
    const place = [component.evse?.id, component.evse?.connectorId];
    return notification(entry, `event/${digest([names, place])}`, [said], time, index);
  });
}

function notification(
  { now, call }: Entry,
  subject: string,
  said: readonly unknown[],
  time: StationEvent['time'],
  index = 0,
): Notification {
  if (time.assumed && time.raw === undefined) return { subject, content: null, call: null, toldAt: null };
  const comparable = !time.assumed && time.at.getTime() <= now.getTime() + CLOCK_AHEAD_MS;
  const content = digest([said, time.raw ?? time.at]);
  return {
    subject,
    content,
    call: call === undefined ? null : digest([content, call, index]),
    toldAt: comparable ? time.at : null,
  };
}

function digest(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
}
