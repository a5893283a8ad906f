-- DataTransfer messages of chargers (topic cp.data), one row an event.
CREATE TABLE IF NOT EXISTS data_transfers
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the gateway received it: the message carries no time' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    vendor_id LowCardinality(String) COMMENT 'Vendor that defines the message',
    message_id LowCardinality(String) COMMENT 'Message of the vendor; empty when not sent',
    data String COMMENT 'Data as the charger sent it; empty when not sent' CODEC(ZSTD(1)),
    status LowCardinality(String) COMMENT 'Accepted, Rejected, UnknownMessageId or UnknownVendorId, as answered to the charger'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Messages of chargers by DataTransfer (topic cp.data), one row an event';
