export type {
  ConnectorStatusEffect,
  DataTransferStatus,
  DataTransferredEffect,
  Effect,
  FirmwareStatusEffect,
  IdToken,
  LogStatusEffect,
  MeterValuesEffect,
  Registration,
  Sample,
  SecurityEventEffect,
  SigningKey,
  SigningRequestEffect,
  StartKey,
  StationBootedEffect,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from './effects.ts';
export type { ChargerTime, EvseRef, Moment } from './effect-values.ts';
export type {
  ChargingLimitEffect,
  ChargingProfilesReportedEffect,
  DeviceEffect,
  DisplayMessageClearedEffect,
  DisplayMessagesReportedEffect,
  EvChargingNeedsEffect,
  EvChargingScheduleEffect,
  FirmwarePublicationRequestedEffect,
  FirmwarePublicationStatusEffect,
  FirmwareUnpublishedEffect,
  MonitorFact,
  MonitorsClearedEffect,
  MonitorsReportedEffect,
  NetworkConnectionWithoutSecrets,
  NetworkProfileSetEffect,
  ReportKind,
  ReportPartEffect,
  ReportRequestedEffect,
  ReservationEndedEffect,
  StationEvent,
  StationEventsEffect,
  TransactionStatusReportedEffect,
  VariableFact,
  VariablesReportedEffect,
} from './device-effects.ts';
export type {
  AvailabilityChangedEffect,
  CertificateAcceptedEffect,
  CertificateDeletedEffect,
  CertificateInstalledEffect,
  CertificatesSeenEffect,
  ChargingProfileSetEffect,
  ChargingProfilesClearedEffect,
  ConfigurationChangedEffect,
  ConfigurationSeenEffect,
  FirmwareUpdateRequestedEffect,
  InstalledCertificateUse,
  LocalListVersionEffect,
  LogRequestedEffect,
  MirrorEffect,
  PasswordEffect,
  RemoteStartAcceptedEffect,
  ReservationCancelledEffect,
  ReservationMadeEffect,
  SecurityProfileEffect,
  StopAssignedEffect,
  TransactionEndInferredEffect,
} from './mirror-effects.ts';
export { FIELD_RULES, type FieldRule, type FieldRuleId } from './field-rules.ts';
export type {
  Authorization,
  AuthorizationStatus,
  ChargingNeedsAnswer,
  ChargingNeedsQuery,
  ConcurrencyQuery,
  ContractCertificateAnswer,
  ContractCertificateQuery,
  CostQuery,
  DataTransferAnswer,
  DataTransferQuery,
  EvCertificateAnswer,
  EvCertificateQuery,
  LookupName,
  Lookups,
  OcspAnswer,
  OcspQuery,
  PersonalMessage,
  RegistrationQuery,
  SigningAnswer,
  SigningQuery,
  TransactionStartAnswer,
} from './lookups.ts';
export type { ActionHandler, Answers, CallContext, Decision, Queries } from './decision.ts';
export type { Dialect, ErrorCode } from './dialect.ts';
export type {
  AskedCommand,
  Mirror,
  Protocol,
  Repetition,
  RequestRule,
  Tolerance,
  Translation,
  Validation,
} from './protocol.ts';
export { bootNotification, type Boot } from './boot.ts';
export { entryOf } from './entry-of.ts';
export { subprotocolSpelling } from './subprotocol-spelling.ts';
export { clockIsAbsurd, momentOf, readChargerTime, readDistantTime, formatTime } from './charger-time.ts';
export {
  CallCorrelator,
  type CallError,
  type CorrelatorOutput,
  type OutboundCall,
  type Settlement,
  type Submission,
} from './correlator.ts';
export { statusOfParts, type PartStatuses } from './part-status.ts';
export { commandSet, type CommandSet } from './outbound/command-set.ts';
export {
  outboundCommands,
  type Checked,
  type CommandParts,
  type OutboundCommand,
  type OutboundCommands,
  type OwnCommandParts,
} from './outbound/outbound-command.ts';
export { optionalTimeOf, timeOf } from './outbound/own-time.ts';
export { demand, INT32_MAX, type PayloadCheck, type PayloadRules } from './outbound/payload-check.ts';
export { errorCodeFromWire } from './error-code.ts';
export { InvalidReplyError } from './errors.ts';
export { encodeCall, encodeError, encodeResult, parseFrame, type ParsedFrame } from './frame.ts';
export { keywordFault, type KeywordFault, type SchemaError } from './keyword-fault.ts';
export {
  handleCall,
  type Committed,
  type HandledCall,
  type InboundCall,
  type PipelinePorts,
  type StationState,
} from './pipeline.ts';
export { MAX_FAULTS, readableFaults } from './readable-faults.ts';
export { readingRules, rulesMet } from './rules-met.ts';
export { normaliseSample, type RawSample } from './sample.ts';
export { validateTolerantly, type Reading, type SchemaValidator } from './tolerance.ts';
export { has, isRecord, listOf, movedField, movedGroups, movedSamples, together } from './moved-readings.ts';
export type { MessageId } from './message-id.ts';
export { numberOf, textOf } from './exact-json.ts';
export { treatmentOf, type OddValue } from './mend.ts';
export type { Leniency, Moved, Shape, RawFields, Treatment } from './shape.ts';
export { answered } from './answered.ts';
export {
  EMPTY_BOOK,
  ENERGY_REASONS,
  billOf,
  lastRegisterWh,
  latestRegisterWh,
  mergeRegisters,
  readRegisters,
  type Bill,
  type BillOptions,
  type EnergyReason,
  type RegisterBook,
  type RegisterMessage,
} from './registers/index.ts';
export {
  addRemoteStart,
  assignTo,
  bill,
  changesOf,
  decideTransaction,
  EMPTY_LEDGER,
  endedAt,
  stopRecordId,
  EventsNeededError,
  gatewayTransactionId,
  inferEnd,
  INFERRED_REASON,
  isStopRecord,
  record,
  stationTransactionId,
  suspectAfterBoot,
  suspectWhereAvailable,
  usesOf,
  type Change,
  type EndInference,
  type Ledger,
  type Outcome,
  type PendingRemoteStart,
  type Recorded,
  type SuspectReason,
  type TransactionMessage,
  type TransactionState,
  type UnassignedReason,
} from './transactions/index.ts';
