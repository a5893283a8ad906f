import { Kafka, logLevel } from 'kafkajs';
import type { Logger } from './logger.ts';

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
    // It says every retry aloud, several a second while a broker is away. What came of them, its callers are told.
    logCreator:
      () =>
      ({ namespace, log }) =>
        logger?.debug('kafka client', { namespace, detail: log.message }),
  });
}
