import { redisKeys } from '@ocpp-gw/contracts';
import {
  encodeResult,
  entryOf,
  readChargerTime,
  type HandledCall,
  type InboundCall,
  type Protocol,
} from '@ocpp-gw/ocpp-j';
import { hash } from 'node:crypto';
import { registrationIn } from './boot-answer.ts';
import type { Caller } from './caller.ts';

/** A message whose time is further away than this comes from a charge point whose clock may restart. */
const CLOCK_IS_RIGHT_MS = 86_400_000;

/** The key of the answer to a CALL; null when a CALL of this kind is handled each time. */
export function replayKey(
  { peer: { cpId, protocol }, connectionId, state: { asked } }: Caller,
  { id, action, payload }: InboundCall,
  now: Date,
): string | null {
  const repetition = entryOf(protocol.repeatable, action);
  if (!repetition) return null;
  if (repetition.within === 'station') {
    // Without a usable time, nothing in the message separates a repetition from a message of another transaction.
    if (!tellsItsTime(payload, repetition.time, now)) return null;
  } else if (asked.has(action)) {
    // A message that was triggered is no repetition, whatever its id.
    return null;
  }
  const connection = repetition.within === 'station' ? null : connectionId;
  const content = written([connection, id, action, payload]);
  return content === null ? null : redisKeys.idempotency(cpId, hash('sha256', content, 'base64url'));
}

function tellsItsTime(payload: unknown, field: string, now: Date): boolean {
  if (typeof payload !== 'object' || payload === null) return false;
  const timestamp = entryOf<unknown>({ ...payload }, field);
  if (typeof timestamp !== 'string') return false;
  const { at, assumed } = readChargerTime(timestamp, now);
  return !assumed && Math.abs(now.getTime() - at.getTime()) < CLOCK_IS_RIGHT_MS;
}

/**
 * The part of a committed answer that is kept; null for no answer, and for one after which the charge point must ask
 * again.
 */
export function replayable({ boot }: Pick<Protocol, 'boot'>, handled: HandledCall): string | null {
  if (handled.outcome !== 'result' || !handled.reply) return null;
  const registration = registrationIn(boot, handled);
  return registration && registration.status !== 'Accepted' ? null : JSON.stringify(handled.reply);
}

/** The answer that was given before; null when it cannot be used. For a boot the time is new, because it sets the clock. */
export function replayed(protocol: Protocol, call: InboundCall, kept: string, now: Date): HandledCall | null {
  const { action } = call;
  const { boot } = protocol;
  const checked = protocol.validateResponse(action, parsed(kept), 'strict');
  if (!checked.ok) return null;
  const reply = action === boot.action ? boot.renewed(checked.payload, now) : checked.payload;
  return { frame: encodeResult(call, reply), action, outcome: 'result', deviations: [], reply, effects: [], after: [] };
}

/** Returns null for a payload that is nested too deep to be serialised. */
function written(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
