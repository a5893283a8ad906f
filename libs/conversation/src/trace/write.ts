import type { RecordedMessage } from '../conversation.ts';
import { frameOf, isObject } from '../frame.ts';
import { versionOf } from '../protocols.ts';
import { TRACE_VERSION, type TraceRecord } from './record.ts';

const MESSAGE_TYPES = { call: 'CALL', call_result: 'CALLRESULT', call_error: 'CALLERROR' } as const;

/**
 * The line of a message in an Open OCPP Trace, without its line break. Null where the frame is no OCPP message: the format
 * has no record for one.
 */
export function traceLine(message: RecordedMessage): string | null {
  if (message.kind === 'unreadable') return null;
  const payload = payloadPart(message);
  const record: TraceRecord = {
    schemaVersion: TRACE_VERSION,
    timestamp: message.at.toISOString(),
    ...(message.protocol !== '' && { ocppVersion: versionOf(message.protocol) }),
    transport: 'json',
    ...(message.cpId !== '' && { chargePointId: message.cpId }),
    ...connectorPart(message, payload),
    direction: message.direction === 'in' ? 'cp-to-csms' : 'csms-to-cp',
    messageType: MESSAGE_TYPES[message.kind],
    messageId: message.messageId,
    // Every CALL has an action, and an answer only where it is known.
    ...((message.kind === 'call' || message.action !== '') && { action: message.action }),
    ...(payload !== undefined && { payload }),
    raw: message.raw,
    ...errorPart(message),
    meta: { gateway: gatewayPart(message) },
  };
  return JSON.stringify(record);
}

/** The lines of messages, each with its line break. */
export function* traceLines(messages: Iterable<RecordedMessage>): Generator<string> {
  for (const message of messages) {
    const line = traceLine(message);
    if (line !== null) yield `${line}\n`;
  }
}

function payloadPart(message: RecordedMessage): unknown {
  const frame = frameOf(message);
  return frame.kind === 'call' || frame.kind === 'result' ? frame.payload : undefined;
}

function connectorPart({ kind }: RecordedMessage, payload: unknown): Partial<TraceRecord> {
  const connectorId = kind === 'call' && isObject(payload) ? payload['connectorId'] : undefined;
  if (typeof connectorId !== 'number' || !Number.isSafeInteger(connectorId) || connectorId < 0) return {};
  return { connectorId };
}

function errorPart(message: RecordedMessage): Partial<TraceRecord> {
  if (message.kind !== 'call_error') return {};
  const frame = frameOf(message);
  if (frame.kind !== 'error') return { error: { code: message.errorCode } };
  return { error: { code: frame.word, description: frame.description, details: frame.details } };
}

function gatewayPart({ eventId, connectionId, transactionId, latencyMs, sizeBytes }: RecordedMessage) {
  return {
    ...(eventId !== '' && { eventId }),
    ...(connectionId !== '' && { connectionId }),
    ...(transactionId !== '' && { transactionId }),
    ...(latencyMs !== undefined && { latencyMs }),
    sizeBytes,
  };
}
