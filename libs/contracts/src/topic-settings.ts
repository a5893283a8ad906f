import { TOPICS, type Topic } from './topics.ts';

/** How a broker keeps the batches of a topic; `producer`: as they were sent. The gateway's consumers read these and no other codec. */
export const COMPRESSIONS = ['producer', 'gzip', 'zstd'] as const;

/** How Kafka keeps a topic. What is absent follows from the settings of all topics. */
export interface TopicSettings {
  retentionDays: number;
  compression: (typeof COMPRESSIONS)[number];
  partitions?: number;
  minInsyncReplicas?: number;
}

/** Long enough for a consumer that was away over the holidays. */
const USUAL: TopicSettings = { retentionDays: 7, compression: 'producer' };
/** What is billed, asked for or accused of can be read again for a month. */
const EVIDENCE: TopicSettings = { ...USUAL, retentionDays: 30 };

/** The settings of each topic of events, where an operator sets nothing else. */
export const TOPIC_SETTINGS: Readonly<Record<Topic, TopicSettings>> = {
  [TOPICS.boot]: USUAL,
  [TOPICS.status]: USUAL,
  // Nearly all of the bytes, and all alike.
  [TOPICS.meter]: { ...USUAL, compression: 'gzip' },
  [TOPICS.transactionStarted]: EVIDENCE,
  [TOPICS.transactionUpdated]: EVIDENCE,
  [TOPICS.transactionEnded]: EVIDENCE,
  [TOPICS.connection]: USUAL,
  [TOPICS.command]: EVIDENCE,
  [TOPICS.firmware]: USUAL,
  [TOPICS.log]: USUAL,
  [TOPICS.security]: EVIDENCE,
  [TOPICS.data]: USUAL,
  [TOPICS.event]: USUAL,
  [TOPICS.charging]: USUAL,
  [TOPICS.reservation]: USUAL,
  [TOPICS.report]: USUAL,
  [TOPICS.station]: EVIDENCE,
  [TOPICS.deviation]: USUAL,
  [TOPICS.finding]: USUAL,
  // Many bytes, which ClickHouse keeps longer.
  [TOPICS.message]: { retentionDays: 2, compression: 'gzip' },
};

/** Those of the dead-letter topics. They have one partition, because people read them. */
export const DEAD_LETTER_SETTINGS: TopicSettings = { retentionDays: 30, compression: 'producer', partitions: 1 };
