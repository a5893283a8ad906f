/** Every Kafka topic, once. Key = cp_id everywhere. Nobody writes a topic literal elsewhere (lint). */
export const TOPICS = {
  boot: 'cp.boot',
  status: 'cp.status',
  meter: 'cp.meter',
  transactionStarted: 'tx.started',
  transactionUpdated: 'tx.updated',
  transactionEnded: 'tx.ended',
  connection: 'cp.connection',
  command: 'cp.command',
  firmware: 'cp.firmware',
  log: 'cp.log',
  security: 'cp.security',
  data: 'cp.data',
  event: 'cp.event',
  charging: 'cp.charging',
  reservation: 'cp.reservation',
  report: 'cp.report',
  station: 'cp.station',
  deviation: 'cp.deviation',
  finding: 'cp.finding',
  message: 'ocpp.message',
} as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS];

export const ALL_TOPICS: readonly Topic[] = Object.values(TOPICS);

/** What happened. Frames are no events: whoever wants them asks for them by name. */
export const EVENT_TOPICS: readonly Topic[] = ALL_TOPICS.filter((topic) => topic !== TOPICS.message);

/** Dead letters belong to the consumer that could not take the message. */
export function deadLetterTopic(consumer: string, topic: Topic): string {
  return `${consumer}.${topic}.dlq`;
}

/** Consumer groups, and the owners of dead-letter topics. */
export const CONSUMERS = {
  ingestor: 'clickhouse-ingestor',
  dispatcher: 'webhook-dispatcher',
} as const;

export type Consumer = (typeof CONSUMERS)[keyof typeof CONSUMERS];

/** What each consumer reads. */
export const CONSUMED: Readonly<Record<Consumer, readonly Topic[]>> = {
  [CONSUMERS.ingestor]: ALL_TOPICS,
  [CONSUMERS.dispatcher]: EVENT_TOPICS,
};

/** What the names of the consumer groups of event streams begin with. They commit nothing, so they leave nothing behind. */
export const EVENT_STREAM_GROUP = 'event-stream';
