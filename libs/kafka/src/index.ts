export { eventBody } from './event-body.ts';
export { kafkaConfig } from './config.ts';
export { PermanentError, RetriableError, isPermanent } from './errors.ts';
export { EventProducer, type OutgoingMessage } from './producer.ts';
export { EventConsumer } from './consumer.ts';
export { DEAD_LETTER_CAUSES, type DeadLetterCause } from './delivery.ts';
export type { DecodedBatch } from './decode.ts';
export { readLag, type PartitionLag } from './lag.ts';
export { createTopics } from './topics.ts';
export { EventReplay } from './event-replay.ts';
export { EventLog, type Kept } from './event-log.ts';
export { PositionReader, type PositionReaderOptions } from './position-reader.ts';
export {
  InvalidPositionError,
  copyOf,
  decodePositions,
  encodePositions,
  hasReached,
  type Positions,
} from './positions.ts';
