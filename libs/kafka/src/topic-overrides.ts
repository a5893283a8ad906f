import { ALL_TOPICS, COMPRESSIONS, type Topic, type TopicSettings } from '@ocpp-gw/contracts';
import { z } from 'zod';

/** Settings of every topic of events. */
const EVERY = '*';

export type TopicOverrides = Readonly<Partial<Record<Topic | typeof EVERY, Partial<TopicSettings>>>>;

const settings = z
  .strictObject({
    retention_days: z.number().positive().max(3650),
    compression: z.enum(COMPRESSIONS),
    partitions: z.int().min(1).max(10_000),
    min_insync_replicas: z.int().min(1).max(9),
  })
  .partial()
  .transform(({ retention_days, compression, partitions, min_insync_replicas }): Partial<TopicSettings> => ({
    ...(retention_days !== undefined && { retentionDays: retention_days }),
    ...(compression !== undefined && { compression }),
    ...(partitions !== undefined && { partitions }),
    ...(min_insync_replicas !== undefined && { minInsyncReplicas: min_insync_replicas }),
  }));

const overrides = z.partialRecord(z.enum([...ALL_TOPICS, EVERY]), settings, {
  error: 'must be a JSON object whose names are event topics or *',
});

/** Reads EVEYS_OCPP_KAFKA_TOPICS, which is JSON, and checks every field. */
export const topicOverrides = z
  .string()
  .default('{}')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is no JSON' });
      return z.NEVER;
    }
  })
  .pipe(overrides);

/** What a topic has in the end: what is set for it, then what is set for all, then what is declared. */
export function settingsOf(topic: Topic, declared: TopicSettings, given: TopicOverrides): TopicSettings {
  return { ...declared, ...given[EVERY], ...given[topic] };
}
