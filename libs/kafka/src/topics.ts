import kafkajs, { type Admin } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaClient } from './client.ts';
import { RetriableError } from './errors.ts';
import type { Logger } from './logger.ts';
import { changeOf, plan, type ExistingTopic, type TopicChange, type TopicWishes } from './topic-plan.ts';

export interface CreateTopicsOptions extends TopicWishes {
  brokers: readonly string[];
  /** Topics that have too few partitions get more of them. */
  addPartitions?: boolean;
  logger?: Logger;
}

export interface CreatedTopics {
  created: string[];
  existing: string[];
  /** What was changed in existing topics, and what differs and was left, one line each. */
  changes: string[];
}

const { TOPIC } = kafkajs.ConfigResourceTypes;
/** The source of a value that was set for the topic itself. */
const TOPIC_CONFIG = 1;
const LEADERS_MS = 30_000;
const LEADERS_PAUSE_MS = 200;

/** Creates the topics that are missing, and gives those that exist the settings that are declared. Other settings of theirs stay. */
export async function createTopics(options: CreateTopicsOptions): Promise<CreatedTopics> {
  const wanted = plan(options);
  const admin = kafkaClient({ ...options, clientId: 'create-topics' }).admin();
  try {
    await admin.connect();
    const present = new Set(await admin.listTopics());
    const missing = wanted.filter(({ topic }) => !present.has(topic));
    const topics = missing.map(({ topic, partitions, replicas, configs }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: replicas,
      configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
    }));
    // False only where someone else created one of them at the same moment.
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: false });
    await untilLed(
      options,
      missing.map(({ topic }) => topic),
    );
    const kept = wanted.filter(({ topic }) => present.has(topic));
    const found = await describe(
      admin,
      kept.map(({ topic }) => topic),
    );
    const changes = kept.flatMap((topic) => {
      const existing = found.get(topic.topic);
      return existing ? [changeOf(topic, existing, options.addPartitions ?? false)] : [];
    });
    await apply(admin, changes, found);
    return {
      created: missing.map(({ topic }) => topic),
      existing: kept.map(({ topic }) => topic),
      changes: changes.flatMap(({ lines }) => lines),
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RetriableError(
      `cannot create topics at ${options.brokers.join(',')} (${why}): check EVEYS_OCPP_KAFKA_BROKERS, that there are as many brokers as replicas, and that the account may alter topics`,
      { cause },
    );
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** A busy broker takes seconds to know the topics that it has just made, longer than the library waits. */
async function untilLed(options: CreateTopicsOptions, topics: string[]): Promise<void> {
  if (topics.length === 0) return;
  const giveUpAt = performance.now() + LEADERS_MS;
  for (;;) {
    // A client of its own for each look, because a client remembers for minutes who led.
    const admin = kafkaClient({ ...options, clientId: 'create-topics' }).admin();
    try {
      await admin.connect();
      const metadata = await admin.fetchTopicMetadata({ topics });
      const partitions = metadata.topics.flatMap((topic) => topic.partitions);
      if (metadata.topics.length < topics.length || partitions.some(({ leader }) => leader < 0))
        throw new Error('new topics have no leaders');
      // A broker answers for a partition only once it leads it itself, which may be later than the cluster says so.
      // One after the other: of many requests at once the client loses some while the broker is busy, and waits for them for ever.
      for (const topic of topics) await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    await sleep(LEADERS_PAUSE_MS);
  }
}

interface FoundTopic extends ExistingTopic {
  /** What was set for the topic itself. */
  own: Readonly<Record<string, string>>;
}

async function describe(admin: Admin, topics: string[]): Promise<Map<string, FoundTopic>> {
  if (topics.length === 0) return new Map();
  const [metadata, { resources }] = await Promise.all([
    admin.fetchTopicMetadata({ topics }),
    admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({ type: TOPIC, name })),
    }),
  ]);
  const entries = new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]));
  return new Map(
    metadata.topics.map(({ name, partitions }) => {
      const configs = entries.get(name) ?? [];
      const asRecord = (list: typeof configs) =>
        Object.fromEntries(list.map(({ configName, configValue }) => [configName, configValue]));
      return [
        name,
        {
          partitions: partitions.length,
          replicas: partitions[0]?.replicas.length ?? 0,
          configs: asRecord(configs),
          own: asRecord(configs.filter(({ configSource }) => Number(configSource) === TOPIC_CONFIG)),
        },
      ];
    }),
  );
}

async function apply(
  admin: Admin,
  changes: readonly TopicChange[],
  found: ReadonlyMap<string, FoundTopic>,
): Promise<void> {
  const resources = changes
    .filter(({ configs }) => Object.keys(configs).length > 0)
    .map(({ topic, configs }) => ({
      type: TOPIC,
      name: topic,
      // This request replaces all that was set for the topic: what an operator has set besides is sent along.
      configEntries: Object.entries({ ...found.get(topic)?.own, ...configs }).map(([name, value]) => ({ name, value })),
    }));
  if (resources.length > 0) await admin.alterConfigs({ validateOnly: false, resources });
  const topicPartitions = changes.flatMap(({ topic, partitions }) =>
    partitions === undefined ? [] : [{ topic, count: partitions }],
  );
  if (topicPartitions.length > 0) await admin.createPartitions({ topicPartitions });
}
