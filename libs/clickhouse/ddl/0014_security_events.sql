-- Security events (topic cp.security), one row an event. Signing requests of that topic have a table of their own.
CREATE TABLE IF NOT EXISTS security_events
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When it happened by the charger''s clock; equals recorded_at where that clock is missing or absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    type LowCardinality(String) COMMENT 'Security event as listed by the security whitepaper, or the vendor''s own',
    tech_info String COMMENT 'What the charger adds to it; empty when nothing' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Security events (topic cp.security), one row an event';
