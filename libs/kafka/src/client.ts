import { Kafka, logLevel, type ConsumerConfig } from 'kafkajs';
import type { Logger } from './logger.ts';
import { lookOnlyForPendingRequests } from './request-queue.ts';
import { readZstd } from './zstd.ts';

readZstd();
lookOnlyForPendingRequests();

/**
 * For a consumer of a short question. By default the library starts a consumer that failed again, even one that was disconnected while
 * it fetched, and for ever when the broker is gone.
 */
export const ONCE: NonNullable<ConsumerConfig['retry']> = { restartOnFailure: () => Promise.resolve(false) };

export interface ClientOptions {
  brokers: readonly string[];
  clientId: string;
  logger?: Logger;
}

/** The client library, talkative only through our logger. */
export function kafkaClient({ brokers, clientId, logger }: ClientOptions): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4 },
    logLevel: logLevel.INFO,
    // The client logs every retry, several a second while a broker is away. Callers get the outcome as an error.
    logCreator:
      () =>
      ({ namespace, log }) =>
        logger?.debug('kafka client', { namespace, detail: log.message }),
  });
}
