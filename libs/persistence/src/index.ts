export { PASSWORD_COST } from './password-cost.ts';
export { databaseConfig } from './config.ts';
export { createDatabase, type Database } from './database.ts';
export { DatabaseUnavailableError, DuplicateChargePointError, isRefusedValue, isUnavailable } from './errors.ts';
export type { Connection } from './sql.ts';
export { migrate } from './migrations/migrate.ts';
export { ChargePoints, type ChargePointChanges, type NewChargePoint, type UsedOffer } from './charge-points.ts';
export {
  CHARGE_POINT_SORTS,
  chargePointCursor,
  type ChargePointFilter,
  type ChargePointSort,
} from './charge-point-list.ts';
export { settingsText } from './charge-point-settings.ts';
export {
  BulkCommands,
  type BulkItemEnd,
  type BulkItemRecord,
  type BulkItemState,
  type BulkRecord,
  type BulkState,
  type NewBulk,
} from './bulk-commands.ts';
export { Commands, type CommandFilter, type CommandRecord, type NewCommand, type UnownedEnd } from './commands.ts';
export {
  Findings,
  type Changes,
  type FindingCount,
  type FindingFilter,
  type FindingRecord,
  type FindingsSummary,
  type FoundFinding,
  type Look,
  type LookedAt,
  type Written,
} from './findings.ts';
export { DeviceMirror } from './device-mirror.ts';
export { REPORT_TIMEOUT_S, Reports } from './reports.ts';
export { StationMirror } from './station-mirror.ts';
export { TRANSACTION_SORTS, Transactions, type TransactionFilter } from './transactions.ts';
export { missingSeqNos } from './seq-nos.ts';
export {
  OUTBOX_SHARDS,
  Outbox,
  type OutboxDepth,
  type OutboxEntry,
  type OutboxLane,
  type OutboxPlace,
  type OutboxRow,
  type UndeliveredCall,
  type RelayedLane,
  type TakenRow,
  type Taking,
} from './outbox.ts';
export { OutboxRetries, type Retry } from './outbox-retries.ts';
export { EdgeInstances, type LostConnection } from './edge-instances.ts';
export { GroupCommit, type GroupObserver } from './group-commit.ts';
export { LedTask, type LedTaskOptions } from './led-task.ts';
export { Leadership, released, type Company, type Lease } from './leadership.ts';
export {
  WebhookDeliveries,
  type ClaimedDelivery,
  type DeliveryDepth,
  type Enqueued,
  type Held,
  type NewDelivery,
  type Received,
} from './webhook-deliveries.ts';
export {
  WebhookDeliveryLog,
  type DeliveryFilter,
  type DeliveryRecord,
  type DeliveryState,
} from './webhook-delivery-log.ts';
export { WebhookSecrets } from './webhook-secrets.ts';
export {
  MOST_SUBSCRIPTIONS,
  WebhookSubscriptions,
  type NewWebhookSubscription,
  type SigningSubscription,
  type WebhookSubscriptionChanges,
  type WebhookSubscriptionRecord,
  type WebhookState,
} from './webhook-subscriptions.ts';
export { WebhookTests, type WebhookTestOutcome, type WebhookTestRecord } from './webhook-tests.ts';
export type { ChargePointRecord, ConnectorRecord } from './records.ts';
export type { TransactionRecord } from './transaction-row.ts';
export type {
  ChargingLimitRecord,
  DeviceVariableRecord,
  DisplayMessageRecord,
  FirmwarePublicationRecord,
  MonitorRecord,
  NetworkProfileRecord,
  ReportRecord,
  WholeReportRecord,
} from './device-records.ts';
export type {
  AvailabilityRecord,
  CertificateSigningRecord,
  ChargingProfileRecord,
  ConfigurationRecord,
  FirmwareUpdateRecord,
  InstalledCertificateRecord,
  LocalListRecord,
  LogUploadRecord,
  ReservationRecord,
  ScheduleRecord,
} from './mirror-records.ts';
