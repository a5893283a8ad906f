export {
  clickhouseCluster,
  clickhouseConfig,
  clickhouseMigrationConfig,
  clickhouseMigrationSchema,
  clickhouseSchema,
  clickhouseTarget,
  type ClickHouseTarget,
} from './config.ts';
export { accessScript, type Access } from './access/access-script.ts';
export { printSchema } from './cluster/print.ts';
export { readSchemaPage } from './schema/schema-page.ts';
export { ClickHouseUnavailableError, connectClickHouse } from './clickhouse.ts';
export { describeTable, insertNative, type DescribedColumn } from './native-insert.ts';
export { Circumstances, type ConnectionSpan, type DeviationCount } from './circumstances.ts';
export { Messages, type Message, type MessageFilter } from './messages.ts';
export { MeterValues, type MeterValue } from './meter-values.ts';
export {
  INTERVALS,
  TimeSeries,
  type EnergyBucket,
  type Interval,
  type MeterValueBucket,
  type Period,
  type TransactionEnergyBucket,
} from './time-series.ts';
export { TransactionEvents, type TransactionEvent } from './transaction-events.ts';
export { SecurityEvents, type SecurityEvent } from './security-events.ts';
export { StationEvents, type StationEvent } from './station-events.ts';
export { StatusHistory, type ConnectorStatus } from './status-history.ts';
export { ddlFolder, readDdlFiles } from './migrator/ddl-files.ts';
export { MigrationError } from './migrator/errors.ts';
export { migrate, schemaFolders, type SchemaFolders } from './migrator/migrator.ts';
export { eraseToken, type Erasure } from './erasure/erase-token.ts';
