import { z } from 'zod';
import { topicOverrides } from './topic-overrides.ts';

const BROKER = /^[^\s,:]+:\d{1,5}$/;

/** Configuration fragment of whoever speaks to Kafka. */
export const kafkaConfig = {
  EVEYS_OCPP_KAFKA_BROKERS: z
    .string()
    .default('localhost:9092')
    .transform((list) =>
      list
        .split(',')
        .map((broker) => broker.trim())
        .filter((broker) => broker !== ''),
    )
    .pipe(
      z
        .array(z.string().regex(BROKER, 'must be host:port, or several separated by commas'))
        .min(1, 'must name at least one broker as host:port'),
    )
    .describe('Kafka brokers, host:port, separated by commas'),
  EVEYS_OCPP_KAFKA_PARTITIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(12)
    .describe('Partitions of each event topic when it is created'),
  EVEYS_OCPP_KAFKA_REPLICATION_FACTOR: z.coerce
    .number()
    .int()
    .min(1)
    .max(9)
    .default(1)
    .describe('Replicas of each topic when it is created; 3 in production'),
  EVEYS_OCPP_KAFKA_TOPICS: topicOverrides.describe(
    'What topics have instead of the declared settings, JSON by topic or * for all: {"cp.meter": {"retention_days": 3, "partitions": 48, ' +
      '"compression": "zstd", "min_insync_replicas": 2}}; the topics job applies it',
  ),
};
