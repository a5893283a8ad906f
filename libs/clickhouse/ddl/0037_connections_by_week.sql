-- Connects and disconnects by week.
-- The rows of before are moved while ingestors write and readers read (docs/adr/0065): a view copies each insert from now on
-- and one statement copies what was there, then the names are exchanged. Rows that are copied twice have one sorting key.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connections' AND partition_key LIKE '%toMonday%'
CREATE TABLE IF NOT EXISTS connections_by_week
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the connection opened or closed' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that holds or held the connection',
    connected Bool COMMENT 'true: opened; false: closed',
    connection_id String COMMENT 'Connection; the same on its open and its close',
    remote_address String COMMENT 'Address of the peer',
    close_code Nullable(Int32) COMMENT 'WebSocket close code; NULL on open and where there was none',
    reason String COMMENT 'Why it was closed; empty on open'
)
ENGINE = ReplacingMergeTree
PARTITION BY toMonday(least(greatest(occurred_at, recorded_at - INTERVAL 60 DAY), recorded_at + INTERVAL 1 DAY))
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 120 MONTH
SETTINGS index_granularity = 256, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Charger connects and disconnects (topic cp.connection), one row an event';

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connections' AND partition_key LIKE '%toMonday%'
TRUNCATE TABLE IF EXISTS connections_by_week;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connections' AND partition_key LIKE '%toMonday%'
CREATE MATERIALIZED VIEW IF NOT EXISTS connections_move TO connections_by_week AS
SELECT * REPLACE (
    nullIf(close_code, 0) AS close_code
)
FROM connections;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connections' AND partition_key LIKE '%toMonday%'
-- An insert that began before the view must have ended, because nothing else copies it.
-- wait until: SELECT count() = 0 FROM system.processes WHERE query_kind = 'Insert' AND now64(3) - toIntervalMillisecond(toInt64(elapsed * 1000)) < (SELECT max(metadata_modification_time) + 1 FROM system.tables WHERE database = currentDatabase() AND name = 'connections_move')
INSERT INTO connections_by_week
SELECT * REPLACE (
    nullIf(close_code, 0) AS close_code
)
FROM connections
SETTINGS max_partitions_per_insert_block = 0;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connections' AND partition_key LIKE '%toMonday%'
EXCHANGE TABLES connections AND connections_by_week;

DROP VIEW IF EXISTS connections_move;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connections_by_month'
RENAME TABLE IF EXISTS connections_by_week TO connections_by_month;

-- What held rows stays until an operator drops it.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'connections_by_month' AND total_rows > 0
DROP TABLE IF EXISTS connections_by_month;
