export { clickhouseConfig, clickhouseSchema, clickhouseTarget, type ClickHouseTarget } from './config.ts';
export { ClickHouseUnavailableError, connectClickHouse } from './clickhouse.ts';
export { InvalidPositionError } from './cursor.ts';
export { MeterValues, type MeterValue, type MeterValueFilter } from './meter-values.ts';
export { SecurityEvents, type SecurityEvent, type SecurityEventFilter } from './security-events.ts';
export { StationEvents, type StationEvent, type StationEventFilter } from './station-events.ts';
export { ddlFolder } from './migrator/ddl-files.ts';
export { MigrationError } from './migrator/errors.ts';
export { migrate } from './migrator/migrator.ts';
