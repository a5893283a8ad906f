-- Meter values by week of when they were sampled, so that a question about a day reads a week.
-- The rows of before are moved while ingestors write and readers read (docs/adr/0065): a view copies each insert from now on
-- and one statement copies what was there, then the names are exchanged. Rows that are copied twice have one sorting key.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples' AND partition_key LIKE '%toMonday%'
CREATE TABLE IF NOT EXISTS meter_samples_by_week
(
    event_id UUID COMMENT 'Event that carried the sample (UUIDv7)',
    sample_no UInt32 COMMENT 'Position of the sample in its event, from 0; unique together with event_id',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    event_type LowCardinality(String) COMMENT 'Topic of the event: cp.meter, tx.started, tx.updated or tx.ended',
    evse_id Nullable(Int32) COMMENT 'EVSE; a 1.6 connector appears as the EVSE of the same number; 0 is the main meter, NULL when not known yet',
    connector_id Nullable(Int32) COMMENT 'Connector of the EVSE; 0 is the main meter, NULL when the charger named none',
    transaction_id String COMMENT 'Transaction the sample belongs to; empty when none' CODEC(ZSTD(1)),
    sampled_at DateTime64(3, 'UTC') COMMENT 'When the value was sampled, by the charger''s clock' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    measurand String COMMENT 'What was measured, e.g. Energy.Active.Import.Register' CODEC(ZSTD(1)),
    phase String COMMENT 'Phase, e.g. L1; empty for the total' CODEC(ZSTD(1)),
    location String COMMENT 'Where it was measured: Outlet, Inlet, EV, Body, Cable; empty means Outlet' CODEC(ZSTD(1)),
    context String COMMENT 'Why it was sampled, e.g. Sample.Periodic, Transaction.End' CODEC(ZSTD(1)),
    format String COMMENT 'Raw or SignedData' CODEC(ZSTD(1)),
    value Nullable(Float64) COMMENT 'Value in the normalised unit; NULL when the raw value is no number' CODEC(ZSTD(1)),
    unit String COMMENT 'Normalised unit of value: Wh, W, A, V, varh, var, VA, Hz, Celsius, Percent ...' CODEC(ZSTD(1)),
    raw_value String COMMENT 'Value as the charger sent it' CODEC(ZSTD(1)),
    raw_unit String COMMENT 'Unit as the charger sent it; empty when it sent none' CODEC(ZSTD(1)),
    unit_assumed Bool COMMENT 'The charger named no unit: unit is the measurand''s own',
    signed Bool COMMENT 'Signed data, or a number that came with its signature',
    sampled_at_raw String COMMENT 'Time by the charger''s own clock, where that is absurd and sampled_at is when the gateway received the value; empty otherwise' CODEC(ZSTD(1)),
    INDEX by_transaction transaction_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY toMonday(least(greatest(sampled_at, recorded_at - INTERVAL 60 DAY), recorded_at + INTERVAL 1 DAY))
PRIMARY KEY (cp_id, sampled_at)
ORDER BY (cp_id, sampled_at, event_id, sample_no)
TTL toDateTime(recorded_at) + INTERVAL 120 MONTH
SETTINGS index_granularity = 2048, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Meter values (topics cp.meter and tx.*), one row a sampled value';

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples' AND partition_key LIKE '%toMonday%'
TRUNCATE TABLE IF EXISTS meter_samples_by_week;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples' AND partition_key LIKE '%toMonday%'
CREATE MATERIALIZED VIEW IF NOT EXISTS meter_samples_move TO meter_samples_by_week AS
SELECT * REPLACE (
    if(evse_id = 0 AND transaction_id != '', NULL, evse_id) AS evse_id,
    if(connector_id = 0 AND (meter_samples.evse_id != 0 OR transaction_id != ''), NULL, connector_id) AS connector_id
)
FROM meter_samples;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples' AND partition_key LIKE '%toMonday%'
-- An insert that began before the view must have ended, because nothing else copies it.
-- wait until: SELECT count() = 0 FROM system.processes WHERE query_kind = 'Insert' AND now64(3) - toIntervalMillisecond(toInt64(elapsed * 1000)) < (SELECT max(metadata_modification_time) + 1 FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples_move')
INSERT INTO meter_samples_by_week (* EXCEPT (sampled_at_raw))
SELECT * REPLACE (
    if(evse_id = 0 AND transaction_id != '', NULL, evse_id) AS evse_id,
    if(connector_id = 0 AND (meter_samples.evse_id != 0 OR transaction_id != ''), NULL, connector_id) AS connector_id
)
FROM meter_samples
SETTINGS max_partitions_per_insert_block = 0;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples' AND partition_key LIKE '%toMonday%'
EXCHANGE TABLES meter_samples AND meter_samples_by_week;

DROP VIEW IF EXISTS meter_samples_move;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples_by_month'
RENAME TABLE IF EXISTS meter_samples_by_week TO meter_samples_by_month;

-- What held rows stays until an operator drops it.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meter_samples_by_month' AND total_rows > 0
DROP TABLE IF EXISTS meter_samples_by_month;
