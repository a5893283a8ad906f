-- Outcomes of commands sent to chargers (topic cp.command), one row an event.
CREATE TABLE IF NOT EXISTS commands
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the outcome was known' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that held the connection',
    request_id String COMMENT 'Request id of the command, as answered to its caller',
    action LowCardinality(String) COMMENT 'OCPP action sent',
    outcome LowCardinality(String) COMMENT 'result, callerror, timeout, disconnected, expired or refused',
    status LowCardinality(String) COMMENT 'Status field of the charger''s answer, where it has one',
    error_code LowCardinality(String) COMMENT 'Code of a CALLERROR or refusal',
    error_description String COMMENT 'Description of a CALLERROR or refusal'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 13 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Outcomes of commands to chargers (topic cp.command), one row an event';
