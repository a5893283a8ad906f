import type {
  ChargerTime,
  ConnectorStatusEffect,
  EvChargingScheduleEffect,
  SecurityEventEffect,
  StationEvent,
} from '@ocpp-gw/ocpp-j';
import { hash } from 'node:crypto';

/**
 * What a station says of one subject, so that what says the same can be known (docs/adr/0029). A station's subjects are few:
 * connectors, variables, its security events.
 */
export interface Notification {
  subject: string;
  /** Equal where all that was said is equal, the time too; null where it named no time: nothing tells such from news. */
  content: string | null;
  /** The named time, where it can be compared with those of other notifications. */
  toldAt: Date | null;
}

/** A clock that is further ahead than this is wrong, and says nothing of what came before what. */
const CLOCK_AHEAD_MS = 60_000;

export function statusNotification(effect: ConnectorStatusEffect, now: Date): Notification {
  const { evseId, connectorId, status, errorCode, info, vendorId, vendorErrorCode, time } = effect;
  return notification(
    `status/${evseId}/${connectorId}`,
    [status, errorCode, info, vendorId, vendorErrorCode],
    time,
    now,
  );
}

export function securityNotification({ type, techInfo, time }: SecurityEventEffect, now: Date): Notification {
  return notification('security', [type, techInfo], time, now);
}

export function scheduleNotification(effect: EvChargingScheduleEffect, now: Date): Notification {
  const { evseId, schedule, status, time } = effect;
  return notification(`schedule/${evseId}`, [schedule, status], time, now);
}

export function eventNotification({ time, ...said }: StationEvent, now: Date): Notification {
  const { component, variable } = said;
  // Names are identifierStrings: case-insensitive.
  const names = [component.name, component.instance, variable.name, variable.instance].map((name) =>
    name?.toLowerCase(),
  );
  const place = [component.evse?.id, component.evse?.connectorId];
  return notification(`event/${digest([names, place])}`, [said], time, now);
}

function notification(subject: string, said: readonly unknown[], time: ChargerTime, now: Date): Notification {
  if (time.assumed && time.raw === undefined) return { subject, content: null, toldAt: null };
  const comparable = !time.assumed && time.at.getTime() <= now.getTime() + CLOCK_AHEAD_MS;
  return { subject, content: digest([said, time.raw ?? time.at]), toldAt: comparable ? time.at : null };
}

function digest(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
}
