import type { CallError } from './correlator.ts';
import type { ErrorCode, Framing } from './dialect.ts';
import { errorCodeFromWire, errorWordFromWire } from './error-code.ts';
import { parseExactly } from './exact-json.ts';
import type { FieldRuleId } from './field-rules.ts';
import { repairJson } from './json-repair.ts';
import { MAX_ECHO, type MessageId, UNREADABLE_ID, legibleId, readId, writeId } from './message-id.ts';
import type { Tolerance } from './protocol.ts';

/** What one inbound text frame is (notes 2.1), and the field behaviours that were overlooked to read it. */
export type ParsedFrame = Message & { noted?: readonly FieldRuleId[] };

/** A payload, and a function that gives it with the digits of numbers as they were written (see `validateTolerantly`). */
interface Payload {
  payload: unknown;
  exactly: () => unknown;
}

type Message =
  | ({ kind: 'call'; action: string } & MessageId & Payload)
  | ({ kind: 'result'; id: string } & Payload)
  | ({ kind: 'error'; id: string } & CallError)
  /** An answer that is no JSON, but whose message id could be read. `text` is its beginning. */
  | { kind: 'brokenAnswer'; id: string; text: string; reason: string }
  /** The specification says to ignore the frame: it is neither answered nor counted as a deviation. */
  | { kind: 'ignored'; reason: string }
  /** Broken. `reply` is a CALLERROR ready to send; null: drop. `reason` never quotes the frame. */
  | { kind: 'fault'; reason: string; reply: string | null };

const CALL = 2;
const CALLRESULT = 3;
const CALLERROR = 4;

const MAX_DESCRIPTION_LENGTH = 255;
/** The message id of a broken answer, for the CALL that waits for it. */
const MAX_QUOTED = 1000;

/** Reads one text frame. Never throws. */
export function parseFrame(data: string, dialect: Framing, tolerance: Tolerance): ParsedFrame {
  const reader: Reader = { dialect, tolerance, noted: [] };
  const frame = readText(data, reader);
  return reader.noted.length === 0 ? frame : { ...frame, noted: [...new Set(reader.noted)] };
}

interface Reader {
  dialect: Framing;
  tolerance: Tolerance;
  noted: FieldRuleId[];
}

function readText(data: string, reader: Reader): Message {
  const { noted } = reader;
  // JSON.parse refuses a byte order mark, and no charger means anything by it.
  const marked = data.charCodeAt(0) === 0xfeff;
  if (marked) noted.push('byte-order-mark');
  const text = marked ? data.slice(1) : data;
  // Vendor quirk: empty text frames as a keep-alive.
  if (/^[\s\0]*$/.test(text)) {
    noted.push('empty-frame');
    return { kind: 'ignored', reason: 'empty frame' };
  }
  const json = parseJson(text, reader);
  if (json === undefined) return brokenText(text, reader);
  if (!Array.isArray(json.value)) return fault(reader, undefined, 'RpcFrameworkError', 'message is not a JSON array');
  return readMessage(json.value, json.text, reader);
}

/** Undefined when the text is no JSON and cannot be repaired. */
function parseJson(text: string, { tolerance, noted }: Reader): { value: unknown; text: string } | undefined {
  try {
    return { value: JSON.parse(text), text };
  } catch {
    const repaired = tolerance === 'strict' ? undefined : repairJson(text);
    noted.push(...(repaired?.noted ?? []));
    return repaired;
  }
}

function readMessage(message: readonly unknown[], text: string, reader: Reader): Message {
  const type = typeOf(message[0], reader);
  switch (type) {
    case CALL:
      return readCall(message, text, reader);
    case CALLRESULT: {
      const id = usableId(message[1], text, reader);
      if (!id) return dropped('CALLRESULT without a usable message id');
      return { kind: 'result', id: id.id, ...readPayload(message, resultAt(message, reader), text, reader) };
    }
    case CALLERROR:
      return readCallError(message, text, reader);
    default:
      return readUnknownType(message, text, reader);
  }
}

function typeOf(raw: unknown, { tolerance, noted }: Reader): unknown {
  const meant = typeof raw === 'string' && /^[234]$/.test(raw.trim()) && tolerance === 'lenient';
  if (!meant) return raw;
  noted.push('frame-head-odd');
  return Number(raw);
}

function readCall(message: readonly unknown[], text: string, reader: Reader): Message {
  const [, raw, action] = message;
  const id = usableId(raw, text, reader);
  if (!id) {
    const limit = reader.tolerance === 'lenient' ? MAX_ECHO : reader.dialect.maxMessageIdLength;
    const reason =
      typeof raw === 'string' ? `message id is longer than ${limit} characters` : 'message id is not a string';
    return fault(reader, readId(raw, text), 'RpcFrameworkError', reason);
  }
  if (typeof action !== 'string') return fault(reader, id, 'RpcFrameworkError', 'CALL without an action');
  if (message.length < 4) return fault(reader, id, 'RpcFrameworkError', 'CALL without a payload');
  // Further elements are ignored: part 4 section 7 shows a fifth one.
  return { kind: 'call', ...id, action, ...readPayload(message, 3, text, reader) };
}

/** Some answers repeat the action of the CALL before what they answer. */
function resultAt(message: readonly unknown[], { tolerance, noted }: Reader): number {
  const [, , first, second] = message;
  const repeats = typeof first === 'string' && typeof second === 'object' && second !== null;
  if (tolerance === 'strict' || !repeats) return 2;
  noted.push('frame-head-odd');
  return 3;
}

/** null stands for an empty payload (OCPP-J 4.2.1). */
function readPayload(message: readonly unknown[], at: number, text: string, { noted }: Reader): Payload {
  if (message[at] === null) noted.push('null-payload');
  return { payload: message[at] ?? {}, exactly: () => (parseExactly(text) as unknown[])[at] ?? {} };
}

/** Fewer than five elements, or elements of a wrong type, still end the CALL that waits (notes 4.19). */
function readCallError(message: readonly unknown[], text: string, reader: Reader): Message {
  const [, raw, code, description, details] = message;
  const id = usableId(raw, text, reader);
  if (!id) return dropped('CALLERROR without a usable message id');
  if (message.length < 5) reader.noted.push('mangled-error');
  return {
    kind: 'error',
    id: id.id,
    code: errorCodeFromWire(code),
    word: errorWordFromWire(code),
    description: typeof description === 'string' ? description : '',
    // Without a description the details come one place early.
    details: asObject(details ?? (typeof description === 'string' ? undefined : description)),
  };
}

function readUnknownType(message: readonly unknown[], text: string, reader: Reader): Message {
  const [type, raw] = message;
  const id = readId(raw, text);
  if (typeof type !== 'number') {
    // "3" and "4" are mangled answers, and an answer is never answered.
    if (Number(type) === CALLRESULT || Number(type) === CALLERROR) return dropped('message type is not a number');
    return fault(reader, id, 'RpcFrameworkError', 'message type is not a number');
  }
  // OCPP-J 1.6 4.1.3: ignored. 2.0.1 4.4: answered.
  if (!reader.dialect.answersUnknownMessageType) return { kind: 'ignored', reason: 'unknown message type' };
  return fault(reader, id, 'MessageTypeNotSupported', 'unknown message type');
}

const ANSWER_HEAD = /^\s*\[\s*"?[34]"?\s*,/;

/** Not JSON. The id is often still legible before the broken place. */
function brokenText(text: string, reader: Reader): Message {
  const reason = 'message is not JSON';
  const id = legibleId(text);
  if (!ANSWER_HEAD.test(text)) return fault(reader, id, 'RpcFrameworkError', reason);
  if (!id) return dropped(reason);
  reader.noted.push('mangled-error');
  return { kind: 'brokenAnswer', id: id.id, text: cut(text, MAX_QUOTED), reason };
}

/** Undefined when there is no id by which the message could be answered, or matched to a CALL. */
function usableId(raw: unknown, text: string, { dialect, tolerance, noted }: Reader): MessageId | undefined {
  const id = readId(raw, text);
  if (!id) return undefined;
  if (id.echo === undefined && id.id.length <= dialect.maxMessageIdLength) return id;
  if (tolerance === 'strict' || id.id.length > MAX_ECHO) return undefined;
  noted.push('frame-head-odd');
  return id;
}

/** `id` is the charger's own, if it has one. */
function fault(reader: Reader, id: MessageId | undefined, code: ErrorCode, reason: string): Message {
  const echoed = echoOf(reader, id);
  return { kind: 'fault', reason, reply: echoed && encodeError(reader.dialect, echoed, code, reason) };
}

/** The id under which a charger can recognise the refusal of a message; null when there is none. */
function echoOf({ dialect, tolerance }: Reader, id: MessageId | undefined): MessageId | null {
  if (!id) return dialect.answersUnreadableId ? UNREADABLE_ID : null;
  if (id.id.length > MAX_ECHO) return UNREADABLE_ID;
  if (tolerance === 'lenient') return id;
  if (id.echo === undefined && id.id.length <= dialect.maxMessageIdLength) return id;
  // 2.x names its own answer for ids that break the rules; 1.6 has none, so the charger's own is echoed.
  return dialect.answersUnreadableId ? UNREADABLE_ID : { id: id.id };
}

/** A CALLRESULT or CALLERROR is never answered with a CALLERROR (notes 2.4). */
function dropped(reason: string): Message {
  return { kind: 'fault', reason, reply: null };
}

function asObject(details: unknown): Record<string, unknown> {
  if (details === undefined || details === null) return {};
  // Some send a text or a list; it is often all that tells what went wrong.
  if (typeof details !== 'object' || Array.isArray(details)) return { value: details };
  return details as Record<string, unknown>;
}

export function encodeCall(id: string, action: string, payload: object): string {
  return JSON.stringify([CALL, id, action, payload]);
}

/** `id` is that of the CALL, as {@link parseFrame} read it. */
export function encodeResult(id: string | MessageId, payload: object): string {
  return `[${CALLRESULT},${writeId(id)},${JSON.stringify(payload)}]`;
}

export function encodeError(
  dialect: Framing,
  id: string | MessageId,
  code: ErrorCode,
  description: string,
  details: Record<string, unknown> = {},
): string {
  const error = JSON.stringify([dialect.errorCodes[code], cut(description, MAX_DESCRIPTION_LENGTH), details]);
  return `[${CALLERROR},${writeId(id)},${error.slice(1)}`;
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // A cut inside a surrogate pair would leave a lone half, which is no valid UTF-8.
  return text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '') + '…';
}
