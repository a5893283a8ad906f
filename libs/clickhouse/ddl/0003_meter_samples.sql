-- Meter values of every source (topics cp.meter, tx.started, tx.updated, tx.ended), one row a sampled value.
CREATE TABLE IF NOT EXISTS meter_samples
(
    event_id UUID COMMENT 'Event that carried the sample (UUIDv7)',
    sample_no UInt32 COMMENT 'Position of the sample in its event, from 0; unique together with event_id',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    event_type LowCardinality(String) COMMENT 'Topic of the event: cp.meter, tx.started, tx.updated or tx.ended',
    evse_id Int32 COMMENT 'EVSE; a 1.6 connector appears as the EVSE of the same number; 0 is the main meter',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 when the charger named none',
    transaction_id String COMMENT 'Transaction the sample belongs to; empty when none' CODEC(ZSTD(1)),
    sampled_at DateTime64(3, 'UTC') COMMENT 'When the value was sampled, by the charger''s clock' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    measurand LowCardinality(String) COMMENT 'What was measured, e.g. Energy.Active.Import.Register',
    phase LowCardinality(String) COMMENT 'Phase, e.g. L1; empty for the total',
    location LowCardinality(String) COMMENT 'Where it was measured: Outlet, Inlet, EV, Body, Cable; empty means Outlet',
    context LowCardinality(String) COMMENT 'Why it was sampled, e.g. Sample.Periodic, Transaction.End',
    format LowCardinality(String) COMMENT 'Raw or SignedData',
    value Nullable(Float64) COMMENT 'Value in the normalised unit; NULL when the raw value is no number' CODEC(ZSTD(1)),
    unit LowCardinality(String) COMMENT 'Normalised unit of value: Wh, W, A, V, varh, var, VA, Hz, Celsius, Percent ...',
    raw_value String COMMENT 'Value as the charger sent it' CODEC(ZSTD(1)),
    raw_unit LowCardinality(String) COMMENT 'Unit as the charger sent it; empty when it sent none',
    INDEX by_transaction transaction_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
PRIMARY KEY (cp_id, sampled_at)
ORDER BY (cp_id, sampled_at, event_id, sample_no)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Meter values (topics cp.meter and tx.*), one row a sampled value';
