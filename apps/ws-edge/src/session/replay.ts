import { redisKeys } from '@ocpp-gw/contracts';
import {
  encodeResult,
  formatTime,
  readChargerTime,
  type HandledCall,
  type InboundCall,
  type Protocol,
} from '@ocpp-gw/ocpp-j';
import { hash } from 'node:crypto';
import { BOOT, registrationTold } from './boot-answer.ts';
import type { Caller } from './caller.ts';

/**
 * The actions whose repetitions are answered from the cache, and where one is a repetition. Stops and events of
 * transactions say in their payload which they are. A boot does not: a charger that restarts sends the same bytes under
 * the same id, and only its connection is new.
 */
const REPEATED = new Map<string, 'anywhere' | 'on one connection'>([
  [BOOT, 'on one connection'],
  ['StopTransaction', 'anywhere'],
  ['TransactionEvent', 'anywhere'],
]);

/** A stop, or an event, that tells a time further away than this comes from a charger whose clock may start again. */
const CLOCK_IS_RIGHT_MS = 86_400_000;

/** The key of a CALL's answer. Null: a CALL of this kind is handled each time. */
export function replayKey(
  { cpId, connectionId, asked }: Pick<Caller, 'connectionId' | 'asked'> & { cpId: string },
  { id, action, payload }: InboundCall,
  now: Date,
): string | null {
  const where = REPEATED.get(action);
  if (where === undefined) return null;
  const connection = where === 'anywhere' ? null : connectionId;
  // Where the time does not, nothing in the bytes tells a repetition from another transaction's.
  if (connection === null && !tellsItsTime(payload, now)) return null;
  // A boot that was triggered is no repetition, whatever its id.
  if (connection !== null && asked.has(action)) return null;
  const content = written([connection, id, action, payload]);
  return content === null ? null : redisKeys.idempotency(cpId, hash('sha256', content, 'base64url'));
}

function tellsItsTime(payload: unknown, now: Date): boolean {
  const timestamp = typeof payload === 'object' && payload !== null && 'timestamp' in payload && payload.timestamp;
  if (typeof timestamp !== 'string') return false;
  const { at, assumed } = readChargerTime(timestamp, now);
  return !assumed && Math.abs(now.getTime() - at.getTime()) < CLOCK_IS_RIGHT_MS;
}

/** What is kept of an answer whose effects are committed. Null: none, or one that tells the charger to ask again. */
export function replayable(handled: HandledCall): string | null {
  if (handled.outcome !== 'result' || !handled.reply) return null;
  const told = registrationTold(handled);
  return told && told.status !== 'Accepted' ? null : JSON.stringify(handled.reply);
}

/** The answer given before; a charger sets its clock by that to a boot, so there the time is new. Null: unusable. */
export function replayed(protocol: Protocol, call: InboundCall, kept: string, now: Date): HandledCall | null {
  const { action } = call;
  const checked = protocol.validateResponse(action, parsed(kept), 'strict');
  if (!checked.ok) return null;
  const reply = { ...checked.payload, ...(action === BOOT && { currentTime: formatTime(now) }) };
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
