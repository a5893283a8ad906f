-- Facts about transactions (topics tx.started, tx.updated, tx.ended), one row an event. The view sessions folds them.
CREATE TABLE IF NOT EXISTS transaction_events
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    event_type LowCardinality(String) COMMENT 'tx.started, tx.updated or tx.ended',
    transaction_id String COMMENT 'Transaction, unique per charger: the gateway''s number for 1.6, the station''s id for 2.0.1' CODEC(ZSTD(1)),
    seq_no Int32 COMMENT 'Sequence number of OCPP 2.0.1; 0 for 1.6',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When it happened by the charger''s clock; equals recorded_at where that clock is missing or absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    evse_id Int32 COMMENT 'EVSE; a 1.6 connector appears as the EVSE of the same number; 0 when not known yet',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 when not known yet',
    id_token String COMMENT 'Token presented; empty when the event carries none',
    id_token_type LowCardinality(String) COMMENT 'IdTokenEnumType of OCPP 2.0.1; empty for 1.6',
    id_token_status LowCardinality(String) COMMENT 'Authorization status answered; empty when no token was authorized',
    trigger_reason LowCardinality(String) COMMENT 'Why the event was sent (2.0.1)',
    charging_state LowCardinality(String) COMMENT 'Charging state after the event (2.0.1)',
    offline Bool COMMENT 'The charger was offline when it happened (2.0.1)',
    remote_start_id Int32 COMMENT 'Remote start that caused the transaction, 0 when none (tx.started)',
    reservation_id Int32 COMMENT 'Reservation the transaction used, 0 when none (tx.started)',
    meter_start_wh Nullable(Float64) COMMENT 'Register at the start, Wh; NULL when unknown (tx.started, tx.ended)',
    meter_stop_wh Nullable(Float64) COMMENT 'Register at the end, Wh; NULL when unknown (tx.ended)',
    energy_wh Nullable(Float64) COMMENT 'Energy delivered, Wh; NULL when no register value is known (tx.ended)',
    started_at Nullable(DateTime64(3, 'UTC')) COMMENT 'Start of the transaction as known when it ended (tx.ended)',
    stop_reason LowCardinality(String) COMMENT 'Reason as the charger said it; Local when it said none (tx.ended)',
    missing_seq_nos Array(Int32) COMMENT 'Sequence numbers not seen when the transaction ended (tx.ended, 2.0.1)'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, transaction_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 10 YEAR
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Transaction events (topics tx.started, tx.updated, tx.ended), one row an event';
