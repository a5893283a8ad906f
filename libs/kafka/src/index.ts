export { kafkaConfig } from './config.ts';
export { PermanentError, RetriableError, isPermanent } from './errors.ts';
export { EventProducer, type OutgoingMessage } from './producer.ts';
export { EventConsumer } from './consumer.ts';
export type { DecodedBatch } from './decode.ts';
export type { PartitionLag } from './lag.ts';
export { createTopics } from './topics.ts';
