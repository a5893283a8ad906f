export { ALL_TOPICS, CONSUMERS, TOPICS, deadLetterTopic, type Consumer, type Topic } from './topics.ts';
export { redisKeys, type OnlineEntry } from './redis-keys.ts';
export {
  COMMAND_BUS_VERSION,
  COMMAND_CEILING_MS,
  type BusEnvelope,
  type ChangeAvailability,
  type Command,
  type CommandEnvelope,
  type CommandKind,
  type CommandOutcome,
  type GenericCall,
  type PayloadFault,
  type RefusalCode,
  type RemoteStart,
  type RemoteStop,
  type ReplyEnvelope,
  type Reset,
  type SupersededEnvelope,
} from './commands.ts';
export {
  EVENT_SCHEMA_VERSION,
  UndecodableEventError,
  decodeEvent,
  encodeEvent,
  makeEvent,
  type EventFacts,
} from './events.ts';
export {
  CommandCompleted,
  ConnectionChanged,
  ConnectorStatusChanged,
  Event,
  MeterSample,
  MeterValuesReported,
  StationBooted,
  TransactionEnded,
  TransactionStarted,
  TransactionUpdated,
} from './generated/events/v1/events.ts';
export * as gateway from './generated/ocpp_gw/v1/gateway.ts';
