export { SESSION_QUALITIES, type SessionQuality } from './session-quality.ts';
export { END_INFERENCES, UNASSIGNED_REASONS, type EndInference, type UnassignedReason } from './transaction-ends.ts';
export {
  ALL_TOPICS,
  CONSUMED,
  CONSUMERS,
  EVENT_TOPICS,
  EVENT_STREAM_GROUP,
  TOPICS,
  deadLetterTopic,
  type Consumer,
  type Topic,
} from './topics.ts';
export { COMPRESSIONS, DEAD_LETTER_SETTINGS, TOPIC_SETTINGS, type TopicSettings } from './topic-settings.ts';
export { BACKEND_PATHS } from './backend-paths.ts';
export { identityFault, identityKey } from './charge-point-identity.ts';
export {
  authorizeKeys,
  redisKeys,
  type OnlineEntry,
  type OutboxWake,
  type ReconnectLoop,
  type RefusedHandshake,
} from './redis-keys.ts';
export {
  COMMAND_BUS_VERSION,
  COMMAND_CEILING_MS,
  type BusEnvelope,
  type CancelEnvelope,
  type CommandEnvelope,
  type CommandOutcome,
  type PayloadFault,
  type RefusalCode,
  type ReplyEnvelope,
  type SupersededEnvelope,
} from './command-bus.ts';
export {
  ALL_COMMANDS,
  COMMANDS,
  type Command,
  type CommandAnswers,
  type CommandKind,
  type CommandOf,
  type GenericCall,
  type TypedCommand,
  type TypedKind,
} from './commands/index.ts';
export {
  ANSWER_STATES,
  COMMAND_STATES,
  endStateOf,
  storedEnd,
  type CommandState,
  type EndState,
} from './command-states.ts';
export { CONNECTOR_STATES, STATE_OF_STATUS, type ConnectorState } from './connector-states.ts';
export { money, type Money } from './money.ts';
export { openEnum } from './open-enum.ts';
export { REDACTED, masked, maskedText } from './masked.ts';
export { defineCommand, type CommandDeclaration, type CommandJob } from './commands/define-command.ts';
export type { CommandAnswer } from './commands/answer.ts';
export { commandCheck } from './commands/command-check.ts';
export { grpcName, grpcNameOf } from './commands/grpc-names.ts';
export { camelCase, renameKeys, snakeCase, type Camel } from './commands/names.ts';
export type {
  AttributeRef,
  AttributeType,
  CertificateHash,
  CertificateUse,
  ChargingProfile,
  ChargingProfilePurpose,
  ChargingSchedule,
  ComponentRef,
  ConfigurationKey,
  DisplayMessage,
  LocalListEntry,
  MonitorType,
  NetworkConnection,
  SettableChargingProfile,
  VariableRef,
} from './commands/neutral-types.ts';
export { eventHeaders } from './event-headers.ts';
export {
  EVENT_SCHEMA_VERSION,
  UndecodableEventError,
  checkEventId,
  decodeEvent,
  encodeEvent,
  makeEvent,
  type EventFacts,
} from './events.ts';
export {
  CertificateSigningRequested,
  ChargingLimitChanged,
  CommandCompleted,
  ChargePointManaged,
  ConnectionChanged,
  ConnectorStatusChanged,
  DataTransferred,
  EnergyInterval,
  EnergyProgress,
  EvChargingNeedsReported,
  EvChargingScheduleReported,
  Event,
  FieldDeviated,
  FindingChanged,
  FirmwarePublicationChanged,
  FirmwareStatusChanged,
  LogStatusChanged,
  MeterSample,
  MeterValuesReported,
  OcppMessage,
  ReportCompleted,
  ReservationEnded,
  SecurityEventOccurred,
  StationBooted,
  StationEventOccurred,
  TransactionEnded,
  TransactionStarted,
  TransactionUpdated,
} from './generated/events/v1/events.ts';
export {
  TRANSACTION_REQUEST_VERSION,
  type TransactionRequest,
  type TransactionRequestEnvelope,
  type TransactionRequestReply,
} from './transaction-requests.ts';
export * as gateway from './generated/ocpp_gw/v1/gateway.ts';
export { InvalidCursorError, decodeCursor, encodeCursor, type Page } from './page.ts';
export { webhookConfig } from './webhooks/config.ts';
export { isEventPattern, matchesEvent } from './webhooks/event-pattern.ts';
export { webhookFields } from './webhooks/fields.ts';
