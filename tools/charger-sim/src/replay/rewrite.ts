import { frameOf, payloadOf, type RecordedMessage } from '@ocpp-gw/conversation';
import type { Payload } from '../message.ts';
import type { Version } from '../misbehaviour/misbehaviour.ts';
import { type GivenIds, givenIdOf } from './given-ids.ts';

/** How payloads of the recording change before they are sent. */
export interface Changes {
  version: Version;
  ids: GivenIds;
  /** What is added to times, ms. */
  shiftMs: number;
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** Whether a value is a time as the specification writes it. */
export function isTime(value: unknown): value is string {
  return typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));
}

/** The payload with the numbers that the gateway gives now, and with its times moved. */
export function rewritten(payload: Payload, action: string, changes: Changes): Payload {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [name, rewrittenValue(value, name, action, changes)]),
  );
}

function rewrittenValue(value: unknown, name: string, action: string, changes: Changes): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrittenValue(item, name, action, changes));
  if (typeof value === 'object' && value !== null) return rewritten(value as Payload, action, changes);
  const kind = givenIdOf(changes.version, action, name);
  if (kind) return changes.ids.now(kind, value);
  if (changes.shiftMs !== 0 && isTime(value)) return new Date(Date.parse(value) + changes.shiftMs).toISOString();
  return value;
}

/** A frame as it is sent: byte for byte as it was recorded, where nothing in it changes. */
export function frameToSend(message: RecordedMessage, changes: Changes): { id: string | number; text: string } {
  const payload = payloadOf(message);
  const changed = rewritten(payload, message.action, changes);
  const exact = parsed(message.raw);
  const exactId = exact?.[1];
  const id = typeof exactId === 'number' || typeof exactId === 'string' ? exactId : message.messageId;
  if (JSON.stringify(changed) === JSON.stringify(payload)) return { id, text: message.raw };
  const frame = frameOf(message);
  const [type, , action] = exact ?? [2, id, frame.kind === 'call' ? frame.action : message.action];
  return { id, text: JSON.stringify([type, id, action, changed]) };
}

/** Null where a frame is read although it is no JSON. */
function parsed(raw: string): unknown[] | null {
  try {
    const frame: unknown = JSON.parse(raw);
    return Array.isArray(frame) ? (frame as unknown[]) : null;
  } catch {
    return null;
  }
}
