-- Charging needs of vehicles (ISO 15118) (topic cp.charging), one row an event.
CREATE TABLE IF NOT EXISTS ev_charging_needs
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the gateway received it: the message carries no time' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station',
    needs String COMMENT 'ChargingNeedsType as the station sent it, JSON' CODEC(ZSTD(1)),
    max_schedule_tuples Nullable(Int32) COMMENT 'Schedule tuples that the vehicle takes; NULL when not sent',
    status LowCardinality(String) COMMENT 'Accepted, Rejected or Processing, as answered to the station'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Charging needs of vehicles (ISO 15118) (topic cp.charging), one row an event';
