-- Events of components of the device model (topic cp.event), one row an event.
CREATE TABLE IF NOT EXISTS station_events
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When it happened by the charger''s clock; equals recorded_at where that clock is missing or absurd' CODEC(Delta, ZSTD(1)),
    occurred_at_raw String COMMENT 'Timestamp as the charger sent it, when it could not be taken as it was',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event',
    event_number Int32 COMMENT 'eventId of OCPP 2.0.1, as the station counts',
    trigger LowCardinality(String) COMMENT 'Alerting, Delta or Periodic',
    notification_type LowCardinality(String) COMMENT 'HardWiredNotification, HardWiredMonitor, PreconfiguredMonitor or CustomMonitor',
    component LowCardinality(String) COMMENT 'Component that the event is of',
    component_instance LowCardinality(String) COMMENT 'Which of several components of the name; empty when there is one',
    evse_id Int32 COMMENT 'EVSE of the component; 0 is the whole station',
    connector_id Int32 COMMENT 'Connector of the component; 0 is the EVSE or station as a whole',
    variable LowCardinality(String) COMMENT 'Variable that the event is of',
    variable_instance LowCardinality(String) COMMENT 'Which of several variables of the name; empty when there is one',
    actual_value String COMMENT 'Value of the variable, as sent' CODEC(ZSTD(1)),
    cause Nullable(Int32) COMMENT 'event_number of the event that caused it; NULL when none',
    tech_code LowCardinality(String) COMMENT 'Technical code of the vendor; empty when not sent',
    tech_info String COMMENT 'Technical detail; empty when not sent' CODEC(ZSTD(1)),
    cleared Bool COMMENT 'The monitored condition is over',
    transaction_id String COMMENT 'Transaction it belongs to; empty when none' CODEC(ZSTD(1)),
    monitor_id Nullable(Int32) COMMENT 'Monitor that told; NULL when none'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Events of components of the device model (topic cp.event), one row an event';
