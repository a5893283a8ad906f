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
  SigningRequestEffect,
  StartKey,
  StationBootedEffect,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from './effects.ts';
export type { ChargerTime, EvseRef } from './effect-values.ts';
export type {
  ChargingLimitEffect,
  DeviceEffect,
  DisplayMessagesReportedEffect,
  EvChargingNeedsEffect,
  EvChargingScheduleEffect,
  FirmwarePublicationStatusEffect,
  MonitorFact,
  MonitorsReportedEffect,
  NetworkConnectionWithoutSecrets,
  NetworkProfileSetEffect,
  ReportKind,
  ReportPartEffect,
  ReportRequestedEffect,
  ReservationEndedEffect,
  StationEvent,
  TransactionStatusReportedEffect,
  VariableFact,
  VariablesReportedEffect,
} from './device-effects.ts';
export type {
  AvailabilityChangedEffect,
  CertificatesSeenEffect,
  InstalledCertificateUse,
  MirrorEffect,
  PasswordEffect,
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
  CostAnswer,
  CostQuery,
  DataTransferAnswer,
  DataTransferQuery,
  EvCertificateAnswer,
  EvCertificateQuery,
  LookupName,
  Lookups,
  OcspAnswer,
  OcspQuery,
  RegistrationQuery,
  SigningAnswer,
  SigningQuery,
  TransactionStartAnswer,
} from './lookups.ts';
export type { ActionHandler, CallContext } from './decision.ts';
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
export { clockIsAbsurd, momentOf, ownClock, readChargerTime, readDistantTime, formatTime } from './charger-time.ts';
export { CallCorrelator, type CallError, type CorrelatorOutput, type Settlement } from './correlator.ts';
export { statusOfParts } from './part-status.ts';
export { commandSet } from './outbound/command-set.ts';
export {
  outboundCommands,
  type Checked,
  type CommandParts,
  type OutboundCommands,
  type OwnCommandParts,
} from './outbound/outbound-command.ts';
export { optionalTimeOf, timeOf } from './outbound/own-time.ts';
export { demand, INT32_MAX, type PayloadCheck, type PayloadRules } from './outbound/payload-check.ts';
export { encodeCall, encodeResult, parseFrame, type ParsedFrame } from './frame.ts';
export {
  handleCall,
  type Committed,
  type HandledCall,
  type InboundCall,
  type PipelinePorts,
  type StationState,
} from './pipeline.ts';
export { readId } from './message-id.ts';
export { MAX_FAULTS } from './readable-faults.ts';
export { readingRules, rulesMet } from './rules-met.ts';
export { normaliseSample } from './sample.ts';
export { validateTolerantly } from './tolerance.ts';
export { transactionNamed } from './transaction-named.ts';
export { has, isRecord, listOf, movedField, movedGroups, movedSamples, together } from './moved-readings.ts';
export { numberOf, textOf } from './exact-json.ts';
export { treatmentOf, type OddValue } from './mend.ts';
export type { Leniency, Moved, Shape, RawFields, Treatment } from './shape.ts';
export { answered } from './answered.ts';
export { INTERVAL_QUALITIES, type EnergyInterval, type EnergyPoint, type IntervalQuality } from './energy/index.ts';
export {
  EMPTY_BOOK,
  billOf,
  contradictionBetween,
  counted,
  lastRegisterWh,
  latestRegisterWh,
  mergeRegisters,
  readRegisters,
  type Bill,
  type Reading,
  type RegisterBook,
} from './registers/index.ts';
export {
  addRemoteStart,
  assignTo,
  bill,
  changesOf,
  clockSkewSeconds,
  decideTransaction,
  dropRemoteStart,
  EMPTY_LEDGER,
  endedAt,
  stopRecordId,
  EventsNeededError,
  gatewayTransactionId,
  inferEnd,
  INFERRED_REASON,
  qualityOf,
  record,
  stationTransactionId,
  suspectAfterBoot,
  suspectWhereAvailable,
  transactionContent,
  transactionMessageOf,
  usesOf,
  type Change,
  type Ledger,
  type Outcome,
  type PendingRemoteStart,
  type Recorded,
  type TransactionMessage,
  type TransactionState,
} from './transactions/index.ts';
