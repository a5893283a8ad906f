export type {
  ChargerTime,
  ConnectorStatusEffect,
  Effect,
  EvseRef,
  IdToken,
  MeterValuesEffect,
  Registration,
  Sample,
  StartKey,
  StationBootedEffect,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from './effects.ts';
export type {
  Authorization,
  AuthorizationStatus,
  KnownTransaction,
  LookupName,
  Lookups,
  RegistrationQuery,
  TransactionQuery,
  TransactionStartAnswer,
} from './lookups.ts';
export type { ActionHandler, Answers, CallContext, Decision, Queries } from './decision.ts';
export type { Dialect, ErrorCode } from './dialect.ts';
export type { Protocol, Tolerance, Translation, Validation } from './protocol.ts';
