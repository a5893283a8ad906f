import { parseFrame, type ParsedFrame } from '@ocpp-gw/ocpp-j';
import type { RecordedMessage } from './conversation.ts';
import { protocolOf } from './protocols.ts';

const parsed = new WeakMap<RecordedMessage, ParsedFrame>();

/** The frame of a message; it is parsed once, when it is first asked for. */
export function frameOf(message: RecordedMessage): ParsedFrame {
  const known = parsed.get(message);
  if (known) return known;
  const frame = parseFrame(message.raw, protocolOf(message).dialect, 'lenient');
  parsed.set(message, frame);
  return frame;
}

/** The payload of a CALL or CALLRESULT; empty when the frame has none that can be read. */
export function payloadOf(message: RecordedMessage): Readonly<Record<string, unknown>> {
  const frame = frameOf(message);
  const payload = frame.kind === 'call' || frame.kind === 'result' ? frame.payload : undefined;
  return isObject(payload) ? payload : {};
}

/** The text at a path of members; undefined when there is none. */
export function textAt(payload: unknown, ...path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((object, name) => (isObject(object) ? object[name] : undefined), payload);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
