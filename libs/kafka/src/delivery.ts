import { backoffMs, halves, type BackoffOptions } from '@ocpp-gw/async';
import { decode, type DecodedBatch, type DecodedMessage, type RawMessage } from './decode.ts';
import { isPermanent } from './errors.ts';
import type { Logger } from './logger.ts';

/** Why a message is a dead letter: it is no event, or its consumer refuses it for good. */
export const DEAD_LETTER_CAUSES = ['undecodable', 'refused'] as const;
export type DeadLetterCause = (typeof DEAD_LETTER_CAUSES)[number];

export interface DeliveryPorts {
  onBatch: (batch: DecodedBatch) => Promise<void>;
  deadLetter: (message: RawMessage, reason: string) => Promise<void>;
  onDeadLetter?: (topic: string, cause: DeadLetterCause) => void;
  /** Resolves after the time, or at once when the consumer stops. */
  wait: (ms: number) => Promise<void>;
  stopping: AbortSignal;
  logger?: Logger;
}

export interface RetryPolicy extends BackoffOptions {
  /** Tries of one batch before its partition pauses. */
  attempts: number;
}

/** `later`: some of the messages are not taken; all of them come again. */
export type DeliveryResult = 'taken' | 'later';

/**
 * Hands one run of a partition's messages on, in order. Nothing is dropped: a message is either taken by `onBatch`, or
 * in the dead-letter topic, or the result is `later`.
 */
export async function deliver(
  messages: readonly RawMessage[],
  policy: RetryPolicy,
  ports: DeliveryPorts,
): Promise<DeliveryResult> {
  let run: DecodedMessage[] = [];
  for (const raw of messages) {
    const decoded = decode(raw);
    if (decoded.ok) {
      run.push(decoded.message);
      continue;
    }
    // What stands before the undecodable one goes first: order within the partition, dead letters too.
    if ((await deliverRun(run, policy, ports)) === 'later') return 'later';
    run = [];
    if ((await setAside(raw, 'undecodable', decoded.error, policy, ports)) === 'later') return 'later';
  }
  return deliverRun(run, policy, ports);
}

async function deliverRun(
  messages: readonly DecodedMessage[],
  policy: RetryPolicy,
  ports: DeliveryPorts,
): Promise<DeliveryResult> {
  const [first] = messages;
  if (!first) return 'taken';
  const batch = { topic: first.topic, partition: first.partition, messages };
  const result = await attempt(() => ports.onBatch(batch), policy, ports);
  if (result === 'taken' || result === 'later') return result;
  if (messages.length === 1) return setAside(first, 'refused', result.permanent, policy, ports);
  // One of them is at fault; halving finds it and keeps the others.
  const [earlier, rest] = halves(messages);
  const taken = await deliverRun(earlier, policy, ports);
  return taken === 'later' ? 'later' : deliverRun(rest, policy, ports);
}

async function attempt(
  task: () => Promise<void>,
  policy: RetryPolicy,
  { wait, stopping, logger }: DeliveryPorts,
): Promise<DeliveryResult | { permanent: Error }> {
  for (let tries = 1; ; tries += 1) {
    try {
      await task();
      return 'taken';
    } catch (error) {
      if (isPermanent(error)) return { permanent: error as Error };
      logger?.warn('batch not taken', { err: error, tries });
      if (tries >= policy.attempts || stopping.aborted) return 'later';
      await wait(backoffMs(tries, policy));
      if (stopping.aborted) return 'later';
    }
  }
}

async function setAside(
  message: RawMessage,
  cause: DeadLetterCause,
  error: Error,
  policy: RetryPolicy,
  ports: DeliveryPorts,
): Promise<DeliveryResult> {
  const { topic, partition, offset, key } = message;
  const result = await attempt(() => ports.deadLetter(message, error.message), policy, ports);
  if (result === 'later') return 'later';
  const fields = { topic, partition, offset, cpId: key };
  if (result === 'taken') {
    ports.onDeadLetter?.(topic, cause);
    ports.logger?.error('message dead-lettered', { err: error, ...fields });
    return 'taken';
  }
  ports.logger?.error('message refused by its dead-letter topic: the partition waits', {
    err: result.permanent,
    ...fields,
  });
  return 'later';
}
