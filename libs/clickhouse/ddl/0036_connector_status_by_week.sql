-- Connector statuses by week of when they changed.
-- The rows of before are moved while ingestors write and readers read (docs/adr/0065): a view copies each insert from now on
-- and one statement copies what was there, then the names are exchanged. Rows that are copied twice have one sorting key.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status' AND partition_key LIKE '%toMonday%'
CREATE TABLE IF NOT EXISTS connector_status_by_week
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the status changed by the charger''s clock; equals recorded_at where that clock is missing or absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    evse_id Int32 COMMENT 'EVSE; a 1.6 connector appears as the EVSE of the same number; 0 is the whole station',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    status String COMMENT 'Status as the charger said it',
    error_code String COMMENT 'Error code of OCPP 1.6; NoError when fine, empty for 2.0.1',
    info String COMMENT 'Free text of OCPP 1.6',
    vendor_id String COMMENT 'Vendor that defines vendor_error_code',
    vendor_error_code String COMMENT 'Vendor''s own error code'
)
ENGINE = ReplacingMergeTree
PARTITION BY toMonday(least(greatest(occurred_at, recorded_at - INTERVAL 60 DAY), recorded_at + INTERVAL 1 DAY))
ORDER BY (cp_id, occurred_at, evse_id, connector_id, event_id)
TTL toDateTime(recorded_at) + INTERVAL 120 MONTH
SETTINGS index_granularity = 256, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Connector status changes (topic cp.status), one row an event';

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status' AND partition_key LIKE '%toMonday%'
TRUNCATE TABLE IF EXISTS connector_status_by_week;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status' AND partition_key LIKE '%toMonday%'
CREATE MATERIALIZED VIEW IF NOT EXISTS connector_status_move TO connector_status_by_week AS
SELECT *
FROM connector_status;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status' AND partition_key LIKE '%toMonday%'
-- An insert that began before the view must have ended, because nothing else copies it.
-- wait until: SELECT count() = 0 FROM system.processes WHERE query_kind = 'Insert' AND now64(3) - toIntervalMillisecond(toInt64(elapsed * 1000)) < (SELECT max(metadata_modification_time) + 1 FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status_move')
INSERT INTO connector_status_by_week
SELECT *
FROM connector_status
SETTINGS max_partitions_per_insert_block = 0;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status' AND partition_key LIKE '%toMonday%'
EXCHANGE TABLES connector_status AND connector_status_by_week;

DROP VIEW IF EXISTS connector_status_move;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status_by_month'
RENAME TABLE IF EXISTS connector_status_by_week TO connector_status_by_month;

-- What held rows stays until an operator drops it.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connector_status_by_month' AND total_rows > 0
DROP TABLE IF EXISTS connector_status_by_month;
