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

/**
 * The actions whose repetitions are answered from the cache, and what identifies a repetition. Stops and events of
 * transactions are identified by their payload. A boot is not: a charge point that restarts sends the same bytes with
 * the same id, and only its connection is new.
 */
const REPEATED = new Map<string, 'anywhere' | 'on one connection'>([
  [BOOT, 'on one connection'],
  ['StopTransaction', 'anywhere'],
  ['TransactionEvent', 'anywhere'],
]);

export interface Caller {
  cpId: string;
  connectionId: string;
  /** Actions that the charge point was asked to send on this connection. */
  asked: ReadonlySet<string>;
}

/** A stop or event whose time is further away than this comes from a charge point whose clock may restart. */
const CLOCK_IS_RIGHT_MS = 86_400_000;

/** The key of the answer to a CALL; null when a CALL of this kind is handled each time. */
export function replayKey(
  { cpId, connectionId, asked }: Caller,
  { id, action, payload }: InboundCall,
  now: Date,
): string | null {
  const where = REPEATED.get(action);
  if (where === undefined) return null;
  const connection = where === 'anywhere' ? null : connectionId;
  // Without a usable time, nothing in the message separates a repetition from a message of another transaction.
  if (connection === null && !tellsItsTime(payload, now)) return null;
  // A boot that was triggered is never a repetition, whatever its id.
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

/**
 * The part of a committed answer that is kept; null for no answer, and for one after which the charge point must ask
 * again.
 */
export function replayable(handled: HandledCall): string | null {
  if (handled.outcome !== 'result' || !handled.reply) return null;
  const told = registrationTold(handled);
  return told && told.status !== 'Accepted' ? null : JSON.stringify(handled.reply);
}

/**
 * The answer that was given before; null when it cannot be used. For a boot the time is new, because it sets the clock.
 */
export function replayed(protocol: Protocol, call: InboundCall, kept: string, now: Date): HandledCall | null {
  const { action } = call;
  const checked = protocol.validateResponse(action, parsed(kept), 'strict');
  if (!checked.ok) return null;
  const reply = { ...checked.payload, ...(action === BOOT && { currentTime: formatTime(now) }) };
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
