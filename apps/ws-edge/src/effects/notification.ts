import type { StationEvent } from '@ocpp-gw/ocpp-j';
import { hash } from 'node:crypto';
import type { Entry, EntryOf } from './entry.ts';

/**
 * The content of a notification about one subject, by which a repetition is recognised (docs/adr/0029). The subjects of
 * a charge point are few: connectors, variables, its security events.
 */
export interface Notification {
  subject: string;
  /**
   * Equal for notifications with equal content and time; null without a time, because nothing then separates a
   * repetition from a new one.
   */
  content: string | null;
  /** Equal for notifications that also have the same message id; null when there is none. */
  call: string | null;
  /** The time that was sent, when it can be compared with those of other notifications. */
  toldAt: Date | null;
}

/** A clock that is further ahead than this is wrong, so its times give no order. */
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
