export { clickhouseConfig, clickhouseSchema, clickhouseTarget, type ClickHouseTarget } from './config.ts';
export { ClickHouseUnavailableError, connectClickHouse } from './clickhouse.ts';
export { MeterValues, type MeterValue } from './meter-values.ts';
export { SecurityEvents, type SecurityEvent } from './security-events.ts';
export { StationEvents, type StationEvent } from './station-events.ts';
export { StatusHistory, type ConnectorStatus } from './status-history.ts';
export { ddlFolder } from './migrator/ddl-files.ts';
export { MigrationError } from './migrator/errors.ts';
export { migrate, schemaFolders, type SchemaFolders } from './migrator/migrator.ts';
