import type { StationEvent } from '@ocpp-gw/ocpp-j';
import { hash } from 'node:crypto';
import type { Entry } from './entry.ts';

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

/** `said` is all that it says besides its time; `index` is its place in the message. */
export function notification(
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

export function digest(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
}
