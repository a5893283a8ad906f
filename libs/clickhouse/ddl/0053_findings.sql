-- What was found wrong with charge points, and when a later look no longer showed it (topic cp.finding). An opening and its end have the
-- same finding_id: what is open now has no row with state ended.
CREATE TABLE IF NOT EXISTS findings
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per row',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1; empty when the charge point never connected',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the gateway looked and found it, or no longer did' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'The same as occurred_at' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that looked',
    finding_id UUID COMMENT 'Opening; its end has the same one, what is found again later a new one',
    finding LowCardinality(String) COMMENT 'What is wrong (docs/findings.md)',
    severity LowCardinality(String) COMMENT 'critical, warning or info',
    state LowCardinality(String) COMMENT 'open: it was found; ended: a later look no longer showed it',
    first_seen_at DateTime64(3, 'UTC') COMMENT 'When it occurred first' CODEC(Delta, ZSTD(1)),
    last_seen_at DateTime64(3, 'UTC') COMMENT 'When it occurred last, as far as was known' CODEC(Delta, ZSTD(1)),
    count UInt32 COMMENT 'How often it occurred in the period that was looked at last while it was there',
    details Array(String) COMMENT 'Sentences about the first of these occurrences, at most three' CODEC(ZSTD(1)),
    frame_event_ids Array(UUID) COMMENT 'Frames that prove it: event_id of messages; at most five, none where no frame does',
    vendor LowCardinality(String) COMMENT 'Vendor name at the latest boot; empty when not known',
    model LowCardinality(String) COMMENT 'Model name at that boot; empty when not known',
    firmware_version LowCardinality(String) COMMENT 'Firmware version at that boot; empty when not sent'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'What was found wrong with charge points and when it ended (topic cp.finding), one row an event'
