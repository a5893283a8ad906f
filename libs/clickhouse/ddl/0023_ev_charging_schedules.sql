-- Charging schedules that vehicles chose (ISO 15118) (topic cp.charging), one row an event.
CREATE TABLE IF NOT EXISTS ev_charging_schedules
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'timeBase of the message, by the charger''s clock; equals recorded_at where that clock is absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station',
    schedule String COMMENT 'The schedule, JSON: {chargingRateUnit, periods, …}' CODEC(ZSTD(1)),
    status LowCardinality(String) COMMENT 'Rejected when it exceeds the limits that the station was given, else Accepted'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Charging schedules that vehicles chose (ISO 15118) (topic cp.charging), one row an event';
