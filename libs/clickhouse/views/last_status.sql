-- The status of every connector: the one received last, whatever time the charger's clock named. recorded_at of one connector's
-- notifications never stands still nor runs back (docs/adr/0029), so it alone gives their order.
CREATE OR REPLACE VIEW last_status
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    status String COMMENT 'Latest status as the charger said it',
    error_code String COMMENT 'Error code that came with it (1.6)',
    info String COMMENT 'Free text that came with it (1.6)',
    vendor_error_code String COMMENT 'Vendor''s own error code that came with it',
    status_at DateTime64(3, 'UTC') COMMENT 'When the charger reported it',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded it'
)
AS
SELECT cp_id, evse_id, connector_id, protocol, status, error_code, info, vendor_error_code, occurred_at AS status_at, recorded_at
FROM latest_status FINAL
COMMENT 'The latest status of every connector, by the time it was received';
