import {
  TraceReader,
  exchangesOf,
  frameOf,
  protocolOfAll,
  readTraceText,
  type Exchange,
  type RecordedMessage,
} from '@ocpp-gw/conversation';
import type { Version } from '../misbehaviour/misbehaviour.ts';

/** A recording that cannot be replayed. The message says what to do. */
export class BadRecording extends Error {
  override readonly name = 'BadRecording';
}

/** One CALL of the recording, and what it was answered. */
export interface Step {
  /** Place of the CALL in the recording, from 1: its line, where a record is a line. */
  frame: number;
  exchange: Exchange;
  /** Nothing was recorded of its connection after it. */
  isLast: boolean;
}

/** A recorded conversation of one charge point. */
export interface Recording {
  /** Empty when the recording names none. */
  cpId: string;
  version: Version;
  messages: readonly RecordedMessage[];
  /** In the order of the recording. */
  steps: readonly Step[];
}

const VERSIONS: readonly Version[] = ['1.6', '2.0.1'];

/**
 * Reads a recording: an export of the gateway, or another trace that libs/conversation reads.
 *
 * @throws TraceError or BadRecording
 */
export function recordingOf(text: string): Recording {
  const { messages, lines } = messagesOf(text);
  const lineOf = (index: number): number => lines[index] ?? index + 1;
  const cpId = theOne(messages, ({ cpId }) => cpId, lineOf, 'chargePointId');
  const named = theOne(messages, ({ protocol }) => protocol, lineOf, 'ocppVersion');
  const version = VERSIONS.find((each) => protocolOfAll(messages).dialect.subprotocol === `ocpp${each}`);
  if (!version || (named !== '' && named !== `ocpp${version}`))
    throw new BadRecording(`the recording has version ${named}; only OCPP 1.6 and 2.0.1 can be replayed`);
  const exchanges = exchangesOf(messages.map((message, index) => ({ index, message })));
  if (!exchanges.some(({ call }) => call.message.direction === 'in'))
    throw new BadRecording('the recording has no CALL of a charge point; record one first (docs/conversations.md)');
  const lastOf = new Map(messages.map(({ connectionId }, index) => [connectionId, index]));
  const steps = exchanges.map((exchange) => ({
    frame: lineOf(exchange.call.index),
    exchange,
    isLast: lastOf.get(exchange.call.message.connectionId) === exchange.call.index,
  }));
  return { cpId, version, messages, steps };
}

/** Frames that were cut when they were recorded cannot be sent again. */
export function isWhole({ exchange: { call } }: Step): boolean {
  return frameOf(call.message).kind === 'call';
}

/** The messages, and the line of each where a record is a line. */
function messagesOf(text: string): { messages: RecordedMessage[]; lines: number[] } {
  if (isOneDocument(text)) return { messages: readTraceText(text), lines: [] };
  const reader = new TraceReader();
  const [messages, lines]: [RecordedMessage[], number[]] = [[], []];
  for (const [index, line] of text.split('\n').entries()) {
    const message = reader.read(line);
    if (!message) continue;
    messages.push(message);
    lines.push(index + 1);
  }
  return { messages, lines };
}

/** Whether the text is a list of records or events, and not a record in each line. */
function isOneDocument(text: string): boolean {
  try {
    const whole = JSON.parse(text) as { events?: unknown } | null;
    return Array.isArray(whole) || Array.isArray(whole?.events);
  } catch {
    return false;
  }
}

/** What all messages name that name any. */
function theOne(
  messages: readonly RecordedMessage[],
  value: (message: RecordedMessage) => string,
  lineOf: (index: number) => number,
  field: string,
): string {
  let one = '';
  for (const [index, message] of messages.entries()) {
    const named = value(message);
    if (named !== '' && one !== '' && named !== one)
      throw new BadRecording(
        `line ${lineOf(index)}: ${field}: is ${named}, but ${one} before; a replay is of one charge point with one OCPP version, so put the others into files of their own`,
      );
    one ||= named;
  }
  return one;
}
