import type { IHeaders } from 'kafkajs';
import type { RawMessage } from './decode.ts';

/** The headers that a dead letter has besides those of its message. */
const ADDED = ['reason', 'topic', 'partition', 'offset'] as const;

/** Those of the message, why it could not be taken, and where it comes from. */
export function deadLetterHeaders({ headers, topic, partition, offset }: RawMessage, reason: string): IHeaders {
  return { ...headers, reason, topic, partition: String(partition), offset };
}

/** Those that the message had itself. */
export function originalHeaders(headers: IHeaders): IHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !(ADDED as readonly string[]).includes(name)));
}
