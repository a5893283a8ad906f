import * as z from 'zod';
import type { RecordedMessage } from '../conversation.ts';
import { frameOf, isObject } from '../frame.ts';
import { recordedMessage } from '../recorded-message.ts';
import { subprotocolOf } from '../protocols.ts';
import { WaitingCalls } from './calls.ts';
import { type DebugKitEvent, type TraceRecord, debugKitEvent, traceRecord } from './record.ts';

/** A trace that cannot be read. The message names the line and says what to do. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  /** From 1; in a list, the number of the item. */
  readonly line: number;

  constructor(line: number, fault: string) {
    super(`line ${line}: ${fault}`);
    this.line = line;
  }
}

const KINDS = { CALL: 'call', CALLRESULT: 'call_result', CALLERROR: 'call_error' } as const;

/**
 * Reads a trace line by line: Open OCPP Trace 1.x, or the events of OCPP DebugKit. One reader reads one trace, because an
 * answer without an action gets that of its CALL.
 */
export class TraceReader {
  private line = 0;
  private readonly actions = new WaitingCalls<string>();

  /**
   * Undefined for a blank line.
   *
   * @throws TraceError
   */
  read(text: string): RecordedMessage | undefined {
    this.line += 1;
    if (text.trim() === '') return undefined;
    return this.message(this.parsed(text));
  }

  /** Reads an item of a list. */
  readItem(item: unknown): RecordedMessage {
    this.line += 1;
    return this.message(item);
  }

  private parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw new TraceError(this.line, 'is no JSON; write one JSON object in each line, and no comma between lines');
    }
  }

  private message(item: unknown): RecordedMessage {
    const message =
      isObject(item) && 'message' in item && !('messageType' in item)
        ? fromDebugKit(this.checked(debugKitEvent, item))
        : this.fromRecord(this.checked(traceRecord, item));
    if (message.kind === 'call') this.actions.add(message, message.action);
    if (message.kind !== 'call_result' && message.kind !== 'call_error') return message;
    const action = this.actions.take(message) ?? '';
    return message.action === '' ? { ...message, action } : message;
  }

  private checked<T>(schema: z.ZodType<T>, item: unknown): T {
    const read = schema.safeParse(item);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const field = issue?.path.join('.') ?? '';
    throw new TraceError(this.line, field === '' ? 'must be a JSON object' : `${field}: ${issue?.message ?? ''}`);
  }

  private fromRecord(record: TraceRecord): RecordedMessage {
    const { messageType, action, messageId, error } = record;
    if (messageType === 'CALL' && action === undefined)
      throw new TraceError(this.line, 'action: is missing; name the action of the CALL');
    if (messageType === 'CALLERROR' && !error)
      throw new TraceError(this.line, 'error: is missing; give the code and description of the CALLERROR');
    const { latencyMs, ...known } = record.meta?.gateway ?? {};
    const read = recordedMessage(record.raw ?? frameFrom(record), {
      cpId: record.chargePointId ?? '',
      at: new Date(record.timestamp),
      direction: record.direction === 'cp-to-csms' ? 'in' : 'out',
      protocol: record.ocppVersion === undefined ? '' : subprotocolOf(record.ocppVersion),
      ...known,
      ...(latencyMs !== undefined && { latencyMs }),
      action: action ?? '',
    });
    const kind = KINDS[messageType];
    // A frame that was cut when it was recorded is known by its fields only.
    if (read.kind === 'unreadable') {
      const outcome = { call: '', call_result: 'result', call_error: 'error' } as const;
      return { ...read, kind, messageId: messageId ?? '', outcome: outcome[kind], errorCode: error?.code ?? '' };
    }
    const other = this.disagreement(record, read, kind);
    if (other === undefined) return read;
    throw new TraceError(this.line, `raw: has another ${other} than the record; correct it, or leave raw out`);
  }

  private disagreement(record: TraceRecord, read: RecordedMessage, kind: string): string | undefined {
    if (read.kind !== kind) return 'messageType';
    if (record.messageId !== undefined && read.messageId !== record.messageId) return 'messageId';
    const frame = frameOf(read);
    // The recorded action may be the one that was meant, in the letter case of the specification.
    const isOther = frame.kind === 'call' && lettersOf(frame.action) !== lettersOf(record.action ?? '');
    return isOther ? 'action' : undefined;
  }
}

/** Reads the lines of a trace. */
export function* readTrace(lines: Iterable<string>): Generator<RecordedMessage> {
  const reader = new TraceReader();
  for (const line of lines) {
    const message = reader.read(line);
    if (message) yield message;
  }
}

/** Reads a whole trace: lines, a JSON list of records or events, or an object with a list `events`. */
export function readTraceText(text: string): RecordedMessage[] {
  const whole = wholeJson(text);
  const items = isObject(whole) && Array.isArray(whole['events']) ? whole['events'] : whole;
  if (!Array.isArray(items)) return [...readTrace(text.split('\n'))];
  const reader = new TraceReader();
  return items.map((item) => reader.readItem(item));
}

function lettersOf(action: string): string {
  return action.trim().toLowerCase();
}

function wholeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The frame that a record without its text describes. */
function frameFrom({ messageType, messageId = '', action, payload = {}, error }: TraceRecord): string {
  switch (messageType) {
    case 'CALL':
      return JSON.stringify([2, messageId, action, payload]);
    case 'CALLRESULT':
      return JSON.stringify([3, messageId, payload]);
    case 'CALLERROR':
      return JSON.stringify([4, messageId, error?.code ?? '', error?.description ?? '', error?.details ?? {}]);
  }
}

/** A larger number counts milliseconds. */
const LARGEST_SECONDS = 1e11;

function fromDebugKit({ timestamp, direction, message }: DebugKitEvent): RecordedMessage {
  const at = typeof timestamp === 'number' && timestamp < LARGEST_SECONDS ? timestamp * 1000 : timestamp;
  return recordedMessage(JSON.stringify(message), {
    cpId: '',
    at: new Date(at),
    direction: direction === 'CS_TO_CSMS' ? 'in' : 'out',
    protocol: '',
  });
}
