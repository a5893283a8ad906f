import type { StationEvent } from '@ocpp-gw/ocpp-j';
import { hash } from 'node:crypto';
import type { Entry } from './entry.ts';

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
  reportedAt: Date | null;
}

/** A clock that is further ahead than this is wrong, so its times give no order. */
const CLOCK_AHEAD_MS = 60_000;

/** `said` is all that it says besides its time; `index` is its place in the message. */
export function notification(
  { now, call }: Entry,
  subject: string,
  said: readonly unknown[],
  time: StationEvent['time'],
  index = 0,
): Notification {
  if (time.assumed && time.raw === undefined) return { subject, content: null, call: null, reportedAt: null };
  const comparable = !time.assumed && time.at.getTime() <= now.getTime() + CLOCK_AHEAD_MS;
  const content = digest([said, time.raw ?? time.at]);
  return {
    subject,
    content,
    call: call === undefined ? null : digest([content, call, index]),
    reportedAt: comparable ? time.at : null,
  };
}

export function digest(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
}
