import type { CallError } from './correlator.ts';
import type { Dialect, ErrorCode } from './dialect.ts';
import { errorCodeFromWire, errorWordFromWire } from './error-code.ts';
import type { FieldRuleId } from './field-rules.ts';
import { repairJson } from './json-repair.ts';
import type { Tolerance } from './protocol.ts';

/** What one inbound text frame is (notes 2.1), and the field behaviours that were overlooked to read it. */
export type ParsedFrame = Message & { noted?: readonly FieldRuleId[] };

type Message =
  | { kind: 'call'; id: string; action: string; payload: unknown }
  | { kind: 'result'; id: string; payload: unknown }
  | ({ kind: 'error'; id: string } & CallError)
  /** Legal to overlook: nothing to answer, nothing to count against the charger. */
  | { kind: 'ignored'; reason: string }
  /** Broken. `reply` is a CALLERROR ready to send; null: drop. `reason` never quotes the frame. */
  | { kind: 'fault'; reason: string; reply: string | null };

const CALL = 2;
const CALLRESULT = 3;
const CALLERROR = 4;

/** OCPP-J 2.x 4.2.3: the id of a CALLERROR that answers a message whose id cannot be used. */
const UNREADABLE_ID = '-1';
const MAX_DESCRIPTION_LENGTH = 255;

/** Reads one text frame. Never throws. */
export function parseFrame(data: string, dialect: Dialect, tolerance: Tolerance): ParsedFrame {
  const noted: FieldRuleId[] = [];
  const frame = readText(data, dialect, tolerance, noted);
  return noted.length === 0 ? frame : { ...frame, noted };
}

function readText(data: string, dialect: Dialect, tolerance: Tolerance, noted: FieldRuleId[]): Message {
  // JSON.parse refuses a byte order mark, and no charger means anything by it.
  const marked = data.charCodeAt(0) === 0xfeff;
  if (marked) noted.push('byte-order-mark');
  const text = marked ? data.slice(1) : data;
  // Vendor quirk: empty text frames as a keep-alive.
  if (text.trim() === '') {
    noted.push('empty-frame');
    return { kind: 'ignored', reason: 'empty frame' };
  }
  const message = parseJson(text, tolerance, noted);
  if (message === undefined) return brokenText(text, dialect);
  if (!Array.isArray(message)) return fault(dialect, null, 'RpcFrameworkError', 'message is not a JSON array');
  return readMessage(message, dialect, noted);
}

/** Undefined: not JSON, nor what is known to have been meant for it. */
function parseJson(text: string, tolerance: Tolerance, noted: FieldRuleId[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (tolerance === 'strict') return undefined;
    const repaired = repairJson(text);
    noted.push(...repaired.noted);
    return repaired.value;
  }
}

function readMessage(message: readonly unknown[], dialect: Dialect, noted: FieldRuleId[]): Message {
  switch (message[0]) {
    case CALL:
      return readCall(message, dialect, noted);
    case CALLRESULT: {
      const id = message[1];
      if (!isUsableId(id, dialect)) return dropped('CALLRESULT without a usable message id');
      return { kind: 'result', id, payload: readPayload(message[2], noted) };
    }
    case CALLERROR:
      return readCallError(message, dialect, noted);
    default:
      return readUnknownType(message, dialect);
  }
}

function readCall(message: readonly unknown[], dialect: Dialect, noted: FieldRuleId[]): Message {
  const [, id, action, payload] = message;
  if (!isUsableId(id, dialect))
    return fault(
      dialect,
      answerableId(id, dialect),
      'RpcFrameworkError',
      typeof id === 'string'
        ? `message id is longer than ${dialect.maxMessageIdLength} characters`
        : 'message id is not a string',
    );
  if (typeof action !== 'string') return fault(dialect, id, 'RpcFrameworkError', 'CALL without an action');
  if (message.length < 4) return fault(dialect, id, 'RpcFrameworkError', 'CALL without a payload');
  // Further elements are let pass: part 4 section 7 draws a fifth one.
  return { kind: 'call', id, action, payload: readPayload(payload, noted) };
}

/** null stands for an empty payload (OCPP-J 4.2.1). */
function readPayload(payload: unknown, noted: FieldRuleId[]): unknown {
  if (payload === null) noted.push('null-payload');
  return payload ?? {};
}

/** Fewer than five elements, or elements of a wrong type, still end the CALL that waits (notes 4.19). */
function readCallError(message: readonly unknown[], dialect: Dialect, noted: FieldRuleId[]): Message {
  const [, id, code, description, details] = message;
  if (!isUsableId(id, dialect)) return dropped('CALLERROR without a usable message id');
  if (message.length < 5) noted.push('mangled-error');
  return {
    kind: 'error',
    id,
    code: errorCodeFromWire(code),
    word: errorWordFromWire(code),
    description: typeof description === 'string' ? description : '',
    details: asObject(details),
  };
}

function readUnknownType(message: readonly unknown[], dialect: Dialect): Message {
  const [type, id] = message;
  if (typeof type !== 'number') {
    // "3" and "4" are mangled answers, and an answer is never answered.
    if (Number(type) === CALLRESULT || Number(type) === CALLERROR) return dropped('message type is not a number');
    return fault(dialect, answerableId(id, dialect), 'RpcFrameworkError', 'message type is not a number');
  }
  // OCPP-J 1.6 4.1.3: ignored. 2.0.1 4.4: answered.
  if (!dialect.answersUnknownMessageType) return { kind: 'ignored', reason: 'unknown message type' };
  return fault(dialect, answerableId(id, dialect), 'MessageTypeNotSupported', 'unknown message type');
}

const CALL_HEAD = /^\s*\[\s*2\s*,\s*("(?:[^"\\]|\\.){0,100}")\s*[,\]]/;
const ANSWER_HEAD = /^\s*\[\s*[34]\s*,/;

/** Not JSON. The id of a CALL is often still legible before the broken place. */
function brokenText(text: string, dialect: Dialect): Message {
  const reason = 'message is not JSON';
  if (ANSWER_HEAD.test(text)) return dropped(reason);
  const quoted = CALL_HEAD.exec(text)?.[1];
  return fault(dialect, answerableId(quoted && unquote(quoted), dialect), 'RpcFrameworkError', reason);
}

function unquote(quoted: string): unknown {
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined;
  }
}

function isUsableId(id: unknown, dialect: Dialect): id is string {
  return typeof id === 'string' && id.length <= dialect.maxMessageIdLength;
}

/** The id under which a charger can recognise the refusal of a message; null when there is none. */
function answerableId(id: unknown, dialect: Dialect): string | null {
  if (isUsableId(id, dialect)) return id;
  // 2.x names its own answer for ids that break the rules; 1.6 has none, so the charger's own is echoed.
  if (dialect.answersUnreadableId) return null;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function fault(dialect: Dialect, id: string | null, code: ErrorCode, reason: string): Message {
  const answered = id ?? (dialect.answersUnreadableId ? UNREADABLE_ID : null);
  return { kind: 'fault', reason, reply: answered === null ? null : encodeError(dialect, answered, code, reason) };
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

export function encodeResult(id: string, payload: object): string {
  return JSON.stringify([CALLRESULT, id, payload]);
}

export function encodeError(
  dialect: Dialect,
  id: string,
  code: ErrorCode,
  description: string,
  details: Record<string, unknown> = {},
): string {
  return JSON.stringify([CALLERROR, id, dialect.errorCodes[code], shortened(description), details]);
}

function shortened(description: string): string {
  if (description.length <= MAX_DESCRIPTION_LENGTH) return description;
  // A cut inside a surrogate pair would leave a lone half, which is no valid UTF-8.
  return description.slice(0, MAX_DESCRIPTION_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '') + '…';
}
