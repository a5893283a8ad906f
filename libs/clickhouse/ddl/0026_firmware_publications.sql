-- Steps of firmware publications by local controllers (topic cp.firmware), one row an event.
CREATE TABLE IF NOT EXISTS firmware_publications
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the gateway received it: the message carries no time' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    status LowCardinality(String) COMMENT 'Status as the local controller said it: Published, DownloadFailed, InvalidChecksum ...',
    request_id Nullable(Int32) COMMENT 'OCPP requestId of the publication; NULL where the local controller names none',
    locations Array(String) COMMENT 'Where its stations can fetch the image; empty until published'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Steps of firmware publications by local controllers (topic cp.firmware), one row an event';
