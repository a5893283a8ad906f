export { kafkaConfig } from './config.ts';
export { PermanentError, RetriableError, isPermanent } from './errors.ts';
export type { Logger } from './logger.ts';
export { EventProducer, type EventProducerOptions, type OutgoingMessage } from './producer.ts';
export { EventConsumer, type EventConsumerOptions } from './consumer.ts';
export type { DecodedBatch, DecodedMessage } from './decode.ts';
export type { PartitionLag } from './lag.ts';
export { createTopics, type CreateTopicsOptions, type CreatedTopics } from './topics.ts';
