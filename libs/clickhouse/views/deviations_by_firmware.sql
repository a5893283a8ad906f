-- Which vendor, model and firmware deviates how, how often and since when, and on how many charge points. A row that was counted before any
-- boot was known takes what the latest boot of its charge point says.
CREATE OR REPLACE VIEW deviations_by_firmware
(
    vendor Nullable(String) COMMENT 'Vendor name; NULL when no boot of the charge points is known',
    model Nullable(String) COMMENT 'Model name; NULL when no boot of the charge points is known',
    firmware_version Nullable(String) COMMENT 'Firmware version; empty when not sent, NULL when no boot is known',
    protocol String COMMENT 'ocpp1.6 or ocpp2.0.1',
    action String COMMENT 'OCPP action of the message; empty when none is known',
    rule String COMMENT 'Field rule that was applied (docs/08-ocpp-conformance.md)',
    direction String COMMENT 'request, answer or connection, as in field_deviations',
    occurrences UInt64 COMMENT 'How often it was met',
    chargers UInt64 COMMENT 'Charge points on which it was met',
    first_seen_at DateTime64(3, 'UTC') COMMENT 'When it was met first, by the clock of the gateway',
    last_seen_at DateTime64(3, 'UTC') COMMENT 'When it was met last, by the clock of the gateway'
)
AS
SELECT
    if(d.vendor = '', c.vendor, toString(d.vendor)) AS vendor,
    if(d.vendor = '', c.model, toString(d.model)) AS model,
    if(d.vendor = '', c.firmware_version, toString(d.firmware_version)) AS firmware_version,
    toString(d.protocol) AS protocol,
    toString(d.action) AS action,
    toString(d.rule) AS rule,
    toString(d.direction) AS direction,
    sum(d.count) AS occurrences,
    uniqExact(d.cp_id) AS chargers,
    min(d.first_at) AS first_seen_at,
    max(d.last_at) AS last_seen_at
FROM (SELECT * FROM field_deviations FINAL) AS d
LEFT JOIN charge_points AS c ON c.cp_id = d.cp_id
GROUP BY vendor, model, firmware_version, protocol, action, rule, direction
COMMENT 'Deviations from the specification by vendor, model and firmware';
