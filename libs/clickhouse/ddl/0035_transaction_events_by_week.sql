-- Transaction events by week of when they happened.
-- The rows of before are moved while ingestors write and readers read (docs/adr/0065): a view copies each insert from now on
-- and one statement copies what was there, then the names are exchanged. Rows that are copied twice have one sorting key.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events' AND partition_key LIKE '%toMonday%'
CREATE TABLE IF NOT EXISTS transaction_events_by_week
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    event_type LowCardinality(String) COMMENT 'tx.started, tx.updated or tx.ended',
    transaction_id String COMMENT 'Transaction, unique per charger: the gateway''s number for 1.6, the station''s id for 2.0.1' CODEC(ZSTD(1)),
    seq_no Nullable(Int32) COMMENT 'Sequence number of OCPP 2.0.1; NULL for 1.6 and for an event that no message of the charger brought about',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When it happened by the charger''s clock; equals recorded_at where that clock is missing or absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    evse_id Nullable(Int32) COMMENT 'EVSE; a 1.6 connector appears as the EVSE of the same number; NULL when not known yet',
    connector_id Nullable(Int32) COMMENT 'Connector of the EVSE; NULL when not known yet',
    id_token String COMMENT 'Token presented; empty when the event carries none',
    id_token_type String COMMENT 'IdTokenEnumType of OCPP 2.0.1; empty for 1.6',
    id_token_status LowCardinality(String) COMMENT 'Authorization status answered; empty when no token was authorized',
    trigger_reason String COMMENT 'Why the event was sent (2.0.1)',
    charging_state String COMMENT 'Charging state after the event (2.0.1)',
    offline Bool COMMENT 'The charger was offline when it happened (2.0.1)',
    remote_start_id Nullable(Int32) COMMENT 'Remote start that caused the transaction, NULL when none',
    reservation_id Nullable(Int32) COMMENT 'Reservation the transaction used, NULL when none',
    meter_start_wh Nullable(Float64) COMMENT 'Register at the start, Wh; NULL when unknown (tx.started, tx.ended)',
    meter_stop_wh Nullable(Float64) COMMENT 'Register at the end, Wh; NULL when unknown (tx.ended)',
    energy_wh Nullable(Float64) COMMENT 'Energy delivered, Wh; NULL when no register value is known (tx.ended)',
    started_at Nullable(DateTime64(3, 'UTC')) COMMENT 'Start of the transaction as known when it ended (tx.ended)',
    stop_reason String COMMENT 'Reason as the charger said it; Local when it said none (tx.ended)',
    missing_seq_nos Array(Int32) COMMENT 'Sequence numbers not seen when the transaction ended (tx.ended, 2.0.1)',
    total_cost Nullable(Float64) COMMENT 'Total cost answered to the station, in its currency; NULL when the backend told none in time (tx.ended, 2.0.1)',
    cost_amount Nullable(Decimal(18, 4)) COMMENT 'The total cost, exactly; NULL when the backend named no currency (tx.ended, 2.0.1)',
    cost_currency LowCardinality(String) COMMENT 'Currency of cost_amount, ISO 4217; empty when cost_amount is NULL (tx.ended, 2.0.1)',
    revision UInt32 COMMENT '0 as first told; the highest of a transaction is right',
    energy_reason LowCardinality(String) COMMENT 'Why energy_wh is NULL, a word of docs/registers.md; empty when it is known (tx.ended)',
    end_inferred LowCardinality(String) COMMENT 'Why the gateway ended the transaction without the charger''s word; empty when the charger ended it (tx.ended)',
    unassigned_reason LowCardinality(String) COMMENT 'Why this end could not be given to a transaction; empty when it has one (tx.ended)',
    assigned_to String COMMENT 'Transaction that an unassigned end was given to later; empty when none (tx.ended)',
    station_transaction_id String COMMENT 'The id as the station made it, where it had used it before; empty when transaction_id is it (2.0.1)',
    replaced_end_at Nullable(DateTime64(3, 'UTC')) COMMENT 'End that an earlier event named and that holds no longer; NULL when none',
    INDEX by_transaction transaction_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY toMonday(least(greatest(occurred_at, recorded_at - INTERVAL 60 DAY), recorded_at + INTERVAL 1 DAY))
ORDER BY (cp_id, occurred_at, transaction_id, event_id)
TTL toDateTime(recorded_at) + INTERVAL 120 MONTH
SETTINGS index_granularity = 128, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Transaction events (topics tx.started, tx.updated, tx.ended), one row an event';

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events' AND partition_key LIKE '%toMonday%'
TRUNCATE TABLE IF EXISTS transaction_events_by_week;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events' AND partition_key LIKE '%toMonday%'
CREATE MATERIALIZED VIEW IF NOT EXISTS transaction_events_move TO transaction_events_by_week AS
SELECT * REPLACE (
    if(trigger_reason = '', NULL, seq_no) AS seq_no,
    nullIf(evse_id, 0) AS evse_id,
    nullIf(connector_id, 0) AS connector_id,
    nullIf(remote_start_id, 0) AS remote_start_id,
    nullIf(reservation_id, 0) AS reservation_id
)
FROM transaction_events;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events' AND partition_key LIKE '%toMonday%'
-- An insert that began before the view must have ended, because nothing else copies it.
-- wait until: SELECT count() = 0 FROM system.processes WHERE query_kind = 'Insert' AND now64(3) - toIntervalMillisecond(toInt64(elapsed * 1000)) < (SELECT max(metadata_modification_time) + 1 FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events_move')
INSERT INTO transaction_events_by_week (* EXCEPT (replaced_end_at))
SELECT * REPLACE (
    if(trigger_reason = '', NULL, seq_no) AS seq_no,
    nullIf(evse_id, 0) AS evse_id,
    nullIf(connector_id, 0) AS connector_id,
    nullIf(remote_start_id, 0) AS remote_start_id,
    nullIf(reservation_id, 0) AS reservation_id
)
FROM transaction_events
SETTINGS max_partitions_per_insert_block = 0;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events' AND partition_key LIKE '%toMonday%'
EXCHANGE TABLES transaction_events AND transaction_events_by_week;

DROP VIEW IF EXISTS transaction_events_move;

-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events_by_month'
RENAME TABLE IF EXISTS transaction_events_by_week TO transaction_events_by_month;

-- What held rows stays until an operator drops it.
-- skip if: SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'transaction_events_by_month' AND total_rows > 0
DROP TABLE IF EXISTS transaction_events_by_month;
