-- Reports that have become whole (topic cp.report), one row an event.
CREATE TABLE IF NOT EXISTS reports
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the last part was made by the charger''s clock; equals recorded_at where the part carries no time or an absurd one' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    report LowCardinality(String) COMMENT 'DeviceModel, Monitoring, ChargingProfiles, CustomerInformation or DisplayMessages',
    request_id Int32 COMMENT 'OCPP requestId that the parts came under',
    parts Int32 COMMENT 'Messages it came in'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Reports that have become whole (topic cp.report), one row an event';
