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
import { registrationTold } from './boot-answer.ts';
import type { Caller } from './caller.ts';

/** A message that tells a time further away than this comes from a charger whose clock may start again. */
const CLOCK_IS_RIGHT_MS = 86_400_000;

/** The key of a CALL's answer. Null: a CALL of this kind is handled each time. */
export function replayKey(
  { peer: { cpId, protocol }, connectionId, state: { asked } }: Caller,
  { id, action, payload }: InboundCall,
  now: Date,
): string | null {
  const repetition = entryOf(protocol.repeatable, action);
  if (!repetition) return null;
  if (repetition.within === 'station') {
    // Where the time does not, nothing in the bytes tells a repetition from another transaction's.
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

/** What is kept of an answer whose effects are committed. Null: none, or one that tells the charger to ask again. */
export function replayable({ boot }: Pick<Protocol, 'boot'>, handled: HandledCall): string | null {
  if (handled.outcome !== 'result' || !handled.reply) return null;
  const told = registrationTold(boot, handled);
  return told && told.status !== 'Accepted' ? null : JSON.stringify(handled.reply);
}

/** The answer given before, that to a boot with the time of now. Null: unusable. */
export function replayed(protocol: Protocol, call: InboundCall, kept: string, now: Date): HandledCall | null {
  const { action } = call;
  const { boot } = protocol;
  const checked = protocol.validateResponse(action, parsed(kept), 'strict');
  if (!checked.ok) return null;
  const reply = action === boot.action ? boot.renewed(checked.payload, now) : checked.payload;
  return { frame: encodeResult(call, reply), action, outcome: 'result', deviations: [], reply, effects: [], after: [] };
}

/** Null: nested so deeply that only a parser can follow. */
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
