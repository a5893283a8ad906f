import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { createHash } from 'node:crypto';
import { settingsText } from '@ocpp-gw/persistence';
import { ProblemError } from '../problems/problem-error.ts';

/** What the state of a charge point must be for a change to be made (RFC 9110 section 13). */
export interface Precondition {
  /** Settings of which it must have one; `*` means that it must exist. */
  ifMatch?: '*' | readonly string[];
  /** It must not exist. */
  ifNew?: boolean;
}

/** A short text that changes with the settings of the charge point and with nothing else. */
export function settingsDigest(record: ChargePointRecord): string {
  return digest(settingsText(record));
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** @throws ProblemError when the precondition does not hold. */
export function checkPrecondition({ ifMatch, ifNew }: Precondition, existing: ChargePointRecord | null): void {
  if (ifNew && existing) throw failed('The charge point exists.');
  if (ifMatch === undefined) return;
  if (!existing) throw failed('There is no such charge point.');
  if (ifMatch !== '*' && !ifMatch.includes(settingsDigest(existing)))
    throw failed('The settings of the charge point have changed since you read them.');
}

function failed(reason: string): ProblemError {
  return new ProblemError('precondition-failed', {
    detail: `${reason} Nothing was changed. Read it again, and send its ETag.`,
  });
}
