-- What charge points do not do as the specification says and the gateway understands all the same, counted for each connection by action,
-- rule and direction (topic cp.deviation). Sum count, with FINAL.
CREATE TABLE IF NOT EXISTS field_deviations
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'The same as last_at' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that held the connection',
    action LowCardinality(String) COMMENT 'OCPP action of the message; empty when none is known, unknown when the specification has none such, other beyond a hundred kinds on one connection',
    rule LowCardinality(String) COMMENT 'Field rule that was applied (docs/08-ocpp-conformance.md)',
    direction LowCardinality(String) COMMENT 'request: in a message of the charge point; answer: in its answer to a command; connection: in how it connects and keeps to the connection',
    count UInt32 COMMENT 'How often since the row before of the same connection, action, rule and direction',
    first_at DateTime64(3, 'UTC') COMMENT 'When it was met first among these, by the clock of the gateway' CODEC(Delta, ZSTD(1)),
    last_at DateTime64(3, 'UTC') COMMENT 'When it was met last among these, by the clock of the gateway' CODEC(Delta, ZSTD(1)),
    connection_id String COMMENT 'Connection, as in connections',
    vendor LowCardinality(String) COMMENT 'Vendor name at the latest boot known then; empty when none was',
    model LowCardinality(String) COMMENT 'Model name at that boot; empty when not known',
    firmware_version LowCardinality(String) COMMENT 'Firmware version at that boot; empty when not sent'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Deviations of charge points from the specification, counted (topic cp.deviation), one row an event';
