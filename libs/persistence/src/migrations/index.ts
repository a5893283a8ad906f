import { Stations } from './0001-stations.ts';
import { Transactions } from './0002-transactions.ts';
import { Outbox } from './0003-outbox.ts';
import { WebhookDeliveries } from './0004-webhook-deliveries.ts';
import { Mirror } from './0005-mirror.ts';
import { DeviceModel } from './0006-device-model.ts';
import { TransactionLedgers } from './0007-transaction-ledgers.ts';
import { ReceivedLast } from './0008-received-last.ts';
import { OutboxShards } from './0009-outbox-shards.ts';
import { OutboxIndexes } from './0010-outbox-indexes.ts';
import { Commands } from './0011-commands.ts';
import { BulkCommands } from './0012-bulk-commands.ts';
import { Webhooks } from './0013-webhooks.ts';
import { ManagedChargePoints } from './0014-managed-charge-points.ts';
import { TransactionCost } from './0015-transaction-cost.ts';
import { SessionQuality } from './0016-session-quality.ts';
import { OpenConnections } from './0017-open-connections.ts';
import { RecordedChargePoints } from './0018-recorded-charge-points.ts';
import { Findings } from './0019-findings.ts';
import { RoomForUpdates } from './0020-room-for-updates.ts';

/** In order. A migration that has been released is never edited; migrations.spec.ts keeps their checksums. */
export const MIGRATIONS = [
  Stations,
  Transactions,
  Outbox,
  WebhookDeliveries,
  Mirror,
  DeviceModel,
  TransactionLedgers,
  ReceivedLast,
  OutboxShards,
  OutboxIndexes,
  Commands,
  BulkCommands,
  Webhooks,
  ManagedChargePoints,
  TransactionCost,
  SessionQuality,
  OpenConnections,
  RecordedChargePoints,
  Findings,
  RoomForUpdates,
] as const;
