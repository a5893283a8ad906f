-- Status notifications (topic cp.status), one row an event.
CREATE TABLE IF NOT EXISTS connector_status
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the status changed by the charger''s clock; equals recorded_at where that clock is missing or absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    evse_id Int32 COMMENT 'EVSE; a 1.6 connector appears as the EVSE of the same number; 0 is the whole station',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    status LowCardinality(String) COMMENT 'Status as the charger said it',
    error_code LowCardinality(String) COMMENT 'Error code of OCPP 1.6; NoError when fine, empty for 2.0.1',
    info String COMMENT 'Free text of OCPP 1.6',
    vendor_id LowCardinality(String) COMMENT 'Vendor that defines vendor_error_code',
    vendor_error_code LowCardinality(String) COMMENT 'Vendor''s own error code'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, evse_id, connector_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Connector status changes (topic cp.status), one row an event';
