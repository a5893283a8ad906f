import {
  ALL_TOPICS,
  CONSUMED,
  CONSUMERS,
  DEAD_LETTER_SETTINGS,
  TOPIC_SETTINGS,
  deadLetterTopic,
  type Topic,
  type TopicSettings,
} from '@ocpp-gw/contracts';
import { settingsOf, type TopicOverrides } from './topic-overrides.ts';

export interface TopicWishes {
  /** Of each event topic that sets no number of its own. */
  partitions: number;
  replicationFactor: number;
  /** Event topics; every consumer's dead-letter topics come with them. All unless given. */
  topics?: readonly Topic[];
  overrides?: TopicOverrides;
}

export interface PlannedTopic {
  topic: string;
  partitions: number;
  replicas: number;
  /** Settings of the topic by Kafka's names. */
  configs: Readonly<Record<string, string>>;
}

const DAY_MS = 24 * 3600 * 1000;
/** Twice what a broker takes by default: a dead letter is its message with the reason and the origin as headers. */
const DEAD_LETTER_MAX_BYTES = 2 * 1024 * 1024;

/** The topics that should exist. */
export function plan({ topics = ALL_TOPICS, overrides = {}, ...wishes }: TopicWishes): PlannedTopic[] {
  const events = topics.map((topic) =>
    planned(topic, settingsOf(topic, TOPIC_SETTINGS[topic], overrides), wishes, undefined),
  );
  const dead = Object.values(CONSUMERS).flatMap((consumer) =>
    topics
      .filter((topic) => CONSUMED[consumer].includes(topic))
      .map((topic) => planned(deadLetterTopic(consumer, topic), DEAD_LETTER_SETTINGS, wishes, DEAD_LETTER_MAX_BYTES)),
  );
  return [...events, ...dead];
}

function planned(
  topic: string,
  settings: TopicSettings,
  { partitions, replicationFactor }: Pick<TopicWishes, 'partitions' | 'replicationFactor'>,
  maxMessageBytes: number | undefined,
): PlannedTopic {
  // With three replicas one may be away and acks=all still holds in two places.
  const insync = settings.minInsyncReplicas ?? (replicationFactor > 2 ? 2 : 1);
  return {
    topic,
    partitions: settings.partitions ?? partitions,
    replicas: replicationFactor,
    configs: {
      'retention.ms': String(Math.round(settings.retentionDays * DAY_MS)),
      'compression.type': settings.compression,
      // More than there are replicas would refuse every message.
      'min.insync.replicas': String(Math.min(insync, replicationFactor)),
      ...(maxMessageBytes !== undefined && { 'max.message.bytes': String(maxMessageBytes) }),
    },
  };
}

/** A topic as the broker has it. */
export interface ExistingTopic {
  partitions: number;
  replicas: number;
  /** What is in force, the broker's defaults among it. */
  configs: Readonly<Record<string, string>>;
}

export interface TopicChange {
  topic: string;
  /** The settings to change, by Kafka's names. */
  configs: Readonly<Record<string, string>>;
  /** The number of partitions to grow to; absent when it stays. */
  partitions?: number;
  /** What is done, and what differs and stays, one line each. */
  lines: readonly string[];
}

/**
 * What has to change for an existing topic to become as planned. Partitions grow only when `grow` says so, because a charge point may then
 * change its partition, and its order across the change is lost. They never shrink, and the number of replicas stays: Kafka
 * cannot do the one, and the other is a reassignment.
 */
export function changeOf(wanted: PlannedTopic, existing: ExistingTopic, grow: boolean): TopicChange {
  const { topic, partitions, replicas } = wanted;
  const differing = Object.entries(wanted.configs).filter(([name, value]) => existing.configs[name] !== value);
  const lines = differing.map(([name, value]) => `${topic}: ${name} ${existing.configs[name] ?? 'unset'} -> ${value}`);
  const grows = grow && partitions > existing.partitions;
  if (grows) lines.push(`${topic}: partitions ${existing.partitions} -> ${partitions}`);
  else if (partitions !== existing.partitions) {
    const why = partitions < existing.partitions ? 'partitions never shrink' : '--add-partitions adds them';
    lines.push(`${topic}: keeps ${existing.partitions} partitions instead of ${partitions}: ${why}`);
  }
  if (replicas !== existing.replicas)
    lines.push(`${topic}: keeps ${existing.replicas} replicas instead of ${replicas}: reassign its partitions`);
  return { topic, configs: Object.fromEntries(differing), ...(grows && { partitions }), lines };
}
