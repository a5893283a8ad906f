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
export type { ChargerTime, EvseRef } from './effect-values.ts';
export type {
  ChargingLimitEffect,
  ChargingProfilesReportedEffect,
  DeviceEffect,
  DisplayMessageClearedEffect,
  DisplayMessagesToldEffect,
  EvChargingNeedsEffect,
  EvChargingScheduleEffect,
  FirmwarePublicationRequestedEffect,
  FirmwarePublicationStatusEffect,
  FirmwareUnpublishedEffect,
  MonitorFact,
  MonitorsClearedEffect,
  MonitorsToldEffect,
  NetworkConnectionTold,
  NetworkProfileSetEffect,
  ReportKind,
  ReportPartEffect,
  ReportRequestedEffect,
  ReservationEndedEffect,
  StationEvent,
  StationEventsEffect,
  TransactionStatusToldEffect,
  VariableFact,
  VariablesToldEffect,
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
  ReservationCancelledEffect,
  ReservationMadeEffect,
  SecurityProfileEffect,
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
  KnownTransaction,
  LookupName,
  Lookups,
  OcspAnswer,
  OcspQuery,
  PersonalMessage,
  RegistrationQuery,
  SigningAnswer,
  SigningQuery,
  TransactionQuery,
  TransactionStartAnswer,
} from './lookups.ts';
export type { ActionHandler, Answers, CallContext, Decision, Queries } from './decision.ts';
export type { Dialect, ErrorCode } from './dialect.ts';
export type { Mirror, Protocol, Tolerance, Translation, Validation } from './protocol.ts';
export { clockIsAbsurd, readChargerTime, readDistantTime, formatTime } from './charger-time.ts';
export {
  CallCorrelator,
  type CallError,
  type CorrelatorOutput,
  type OutboundCall,
  type Settlement,
  type Submission,
} from './correlator.ts';
export { statusOfParts, type PartStatuses } from './part-status.ts';
export { errorCodeFromWire } from './error-code.ts';
export { InvalidReplyError } from './errors.ts';
export { encodeCall, encodeError, encodeResult, parseFrame, type ParsedFrame } from './frame.ts';
export { keywordFault, type KeywordFault, type SchemaError } from './keyword-fault.ts';
export { handleCall, type HandledCall, type InboundCall, type PipelinePorts, type StationState } from './pipeline.ts';
export { readableFaults } from './readable-faults.ts';
export { readingRules, rulesMet } from './rules-met.ts';
export { energyRegisterWh, normaliseSample, type RawSample } from './sample.ts';
export { validateTolerantly, type DeviationRule, type Repair, type SchemaValidator } from './tolerance.ts';
export {
  letterCase,
  nullForAbsent,
  objectForArray,
  overLongText,
  timestampUnreadable,
  timestampWithoutOffset,
  unknownProperty,
  unknownValueBecomes,
  unknownValueKept,
} from './deviation-rules.ts';
export { answered } from './answered.ts';
