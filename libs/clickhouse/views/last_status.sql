-- The status of every connector: the one received last, whatever time the charger's clock named. recorded_at of one connector's
-- notifications never stands still nor runs back (docs/adr/0029), so it alone gives their order.
CREATE OR REPLACE VIEW last_status
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    status LowCardinality(String) COMMENT 'Latest status as the charger said it',
    error_code LowCardinality(String) COMMENT 'Error code that came with it (1.6)',
    info String COMMENT 'Free text that came with it (1.6)',
    vendor_error_code LowCardinality(String) COMMENT 'Vendor''s own error code that came with it',
    status_at DateTime64(3, 'UTC') COMMENT 'When the charger reported it',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded it'
)
AS
SELECT
    cp_id,
    evse_id,
    connector_id,
    last.1 AS protocol,
    last.2 AS status,
    last.3 AS error_code,
    last.4 AS info,
    last.5 AS vendor_error_code,
    last.6 AS status_at,
    last.7 AS recorded_at
FROM
(
    SELECT
        s.cp_id AS cp_id,
        s.evse_id AS evse_id,
        s.connector_id AS connector_id,
        argMax(
            (s.protocol, s.status, s.error_code, s.info, s.vendor_error_code, s.occurred_at, s.recorded_at),
            (s.recorded_at, s.event_id)
        ) AS last
    FROM connector_status AS s
    GROUP BY s.cp_id, s.evse_id, s.connector_id
)
COMMENT 'The latest status of every connector, by the time it was received';
