-- Station boots (topic cp.boot), one row an event.
-- Every table of facts here: partitions and TTL follow the gateway's clock, so that a charger with an absurd clock can
-- neither open a partition a row nor have its data expire at once; event_id in the sorting key makes a second insert of
-- an event replace the first; the deduplication window makes a repeated insert of the same batch a no-op.
CREATE TABLE IF NOT EXISTS boots
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the station booted by its own clock; equals recorded_at where that clock is missing or absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    vendor LowCardinality(String) COMMENT 'Vendor name',
    model LowCardinality(String) COMMENT 'Model name',
    serial_number String COMMENT 'Serial number of the station; empty when not sent',
    firmware_version LowCardinality(String) COMMENT 'Firmware version; empty when not sent',
    iccid String COMMENT 'SIM card ICCID; empty when not sent',
    imsi String COMMENT 'SIM card IMSI; empty when not sent',
    reason LowCardinality(String) COMMENT 'BootReason of OCPP 2.0.1; empty for 1.6',
    registration_status LowCardinality(String) COMMENT 'Accepted, Pending or Rejected, as answered to the charger',
    interval_seconds Int32 COMMENT 'Heartbeat or retry interval answered, seconds'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Station boots (topic cp.boot), one row an event';
