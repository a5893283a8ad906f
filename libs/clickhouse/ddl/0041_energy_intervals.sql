-- How the energy of each transaction changes, as the gateway published it, one row an interval. Nothing here decides what is billed.
CREATE TABLE IF NOT EXISTS energy_intervals
(
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    transaction_id String COMMENT 'Transaction, unique per charger' CODEC(ZSTD(1)),
    number UInt32 COMMENT 'Number in the transaction, from 1 in the order of publication; 0 for a transaction that a build without intervals ended' CODEC(Delta, ZSTD(1)),
    revision UInt32 COMMENT 'Revision of the transaction, of rows with number 0; else 0',
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    evse_id Nullable(Int32) COMMENT 'EVSE; NULL when not known yet',
    connector_id Nullable(Int32) COMMENT 'Connector of the EVSE; NULL when not known yet',
    first_heard_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the gateway received the first message of the transaction; NULL for number 0' CODEC(ZSTD(1)),
    from_at DateTime64(3, 'UTC') COMMENT 'Begin, by the charger''s clock' CODEC(Delta, ZSTD(1)),
    from_wh Float64 COMMENT 'Energy at the begin, Wh since the start of the transaction' CODEC(ZSTD(1)),
    to_at DateTime64(3, 'UTC') COMMENT 'End; before from_at where the interval goes back, so that the ones after it replace what was there' CODEC(Delta, ZSTD(1)),
    to_wh Float64 COMMENT 'Energy at the end, Wh since the start of the transaction' CODEC(ZSTD(1)),
    quality Array(LowCardinality(String)) COMMENT 'What it is besides measured: estimated, corrected, clock_jump (docs/registers.md)',
    billed_wh Nullable(Float64) COMMENT 'Energy billed so far once the event with this interval was published, Wh; NULL when unknown' CODEC(ZSTD(1)),
    reached_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When billed_wh was reached, by the charger''s clock' CODEC(ZSTD(1)),
    event_id UUID COMMENT 'Event that carried the interval',
    event_type LowCardinality(String) COMMENT 'Topic of the event: cp.meter, tx.started, tx.updated or tx.ended',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    INDEX by_transaction transaction_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(revision)
PARTITION BY toMonday(to_at)
ORDER BY (cp_id, transaction_id, number)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Energy of transactions as it was published (topics cp.meter and tx.*), one row an interval';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS first_heard_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the gateway received the first message of the transaction; NULL in events of builds that do not say it';

-- A question about sessions of a day passes over the weeks that have none of them.
ALTER TABLE transaction_events
    ADD INDEX IF NOT EXISTS by_first_heard first_heard_at TYPE minmax GRANULARITY 1;

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS energy_number UInt32 COMMENT 'Number of the last interval of energy published with this event or before it, 0 when none';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS quality Array(LowCardinality(String)) COMMENT 'What may be wrong with the session at this revision (docs/registers.md)';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS clock_skew_seconds Nullable(Int32) COMMENT 'With clock_skew: by how many seconds each message came later than its own time says, at least; else NULL';

ALTER TABLE meter_samples
    ADD COLUMN IF NOT EXISTS clock_skew_seconds Nullable(Float64) COMMENT 'By how many seconds the value was received later than its own time says; negative: before it; NULL when it has none, or in events of builds that do not say it' CODEC(ZSTD(1));

-- A build without intervals says the energy of a transaction at its end only.
CREATE MATERIALIZED VIEW IF NOT EXISTS energy_at_once_feed TO energy_intervals AS
SELECT
    cp_id,
    transaction_id,
    toUInt32(0) AS number,
    revision,
    protocol,
    evse_id,
    connector_id,
    CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))') AS first_heard_at,
    least(coalesce(started_at, occurred_at), occurred_at) AS from_at,
    toFloat64(0) AS from_wh,
    occurred_at AS to_at,
    assumeNotNull(energy_wh) AS to_wh,
    if(to_at > from_at + INTERVAL 7 DAY, ['estimated', 'clock_jump'], ['estimated']) AS quality,
    energy_wh AS billed_wh,
    toNullable(occurred_at) AS reached_at,
    event_id,
    event_type,
    recorded_at,
    pod
-- The name alone would be the NULL above.
FROM transaction_events AS e
WHERE e.event_type = 'tx.ended' AND e.first_heard_at IS NULL AND e.energy_wh IS NOT NULL;
