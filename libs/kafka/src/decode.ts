import { decodeEvent, type Event } from '@ocpp-gw/contracts';
import type { IHeaders } from 'kafkajs';

export interface RawMessage {
  topic: string;
  partition: number;
  offset: string;
  key: string;
  raw: Uint8Array;
  headers?: IHeaders;
}

export interface DecodedMessage extends RawMessage {
  event: Event;
}

/** Consecutive messages of one partition, in order. */
export interface DecodedBatch {
  topic: string;
  partition: number;
  messages: readonly DecodedMessage[];
}

export type Decoded = { ok: true; message: DecodedMessage } | { ok: false; message: RawMessage; error: Error };

export function decode(message: RawMessage): Decoded {
  try {
    return { ok: true, message: { ...message, event: decodeEvent(message.raw) } };
  } catch (error) {
    return { ok: false, message, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
