-- The latest status of every connector, so that a question about now reads one row a connector. The order is that in which
-- they were received (docs/adr/0029).
CREATE TABLE IF NOT EXISTS latest_status
(
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    status String COMMENT 'Status as the charger said it',
    error_code String COMMENT 'Error code of OCPP 1.6; NoError when fine, empty for 2.0.1',
    info String COMMENT 'Free text of OCPP 1.6',
    vendor_id String COMMENT 'Vendor that defines vendor_error_code',
    vendor_error_code String COMMENT 'Vendor''s own error code',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the status changed by the charger''s clock',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded it; the latest counts'
)
ENGINE = ReplacingMergeTree(recorded_at)
ORDER BY (cp_id, evse_id, connector_id)
SETTINGS index_granularity = 256
COMMENT 'The latest status of every connector, fed from connector_status; read it with FINAL';

CREATE MATERIALIZED VIEW IF NOT EXISTS latest_status_feed TO latest_status AS
SELECT cp_id, evse_id, connector_id, protocol, status, error_code, info, vendor_id, vendor_error_code, occurred_at, recorded_at
FROM connector_status;

-- An insert that began before the view must have ended.
-- wait until: SELECT count() = 0 FROM system.processes WHERE query_kind = 'Insert' AND now64(3) - toIntervalMillisecond(toInt64(elapsed * 1000)) < (SELECT max(metadata_modification_time) + 1 FROM system.tables WHERE database = currentDatabase() AND name = 'latest_status_feed')
INSERT INTO latest_status (cp_id, evse_id, connector_id, protocol, status, error_code, info, vendor_id, vendor_error_code, occurred_at, recorded_at)
SELECT cp_id, evse_id, connector_id, last.1, last.2, last.3, last.4, last.5, last.6, last.7, last.8
FROM
(
    SELECT
        s.cp_id AS cp_id,
        s.evse_id AS evse_id,
        s.connector_id AS connector_id,
        argMax((s.protocol, s.status, s.error_code, s.info, s.vendor_id, s.vendor_error_code, s.occurred_at, s.recorded_at), (s.recorded_at, s.event_id)) AS last
    FROM connector_status AS s
    GROUP BY s.cp_id, s.evse_id, s.connector_id
);
