-- Charge points, whether they ever connected or not, with their first and latest boot and what operators decided last.
CREATE OR REPLACE VIEW charge_points
(
    cp_id String COMMENT 'Charge point identity',
    protocol Nullable(String) COMMENT 'ocpp1.6 or ocpp2.0.1, at the latest boot; NULL when it never booted',
    vendor Nullable(String) COMMENT 'Vendor name; NULL when it never booted',
    model Nullable(String) COMMENT 'Model name; NULL when it never booted',
    serial_number Nullable(String) COMMENT 'Serial number; empty when not sent',
    firmware_version Nullable(String) COMMENT 'Firmware version; empty when not sent',
    iccid Nullable(String) COMMENT 'SIM card ICCID; empty when not sent',
    imsi Nullable(String) COMMENT 'SIM card IMSI; empty when not sent',
    registration_status Nullable(String) COMMENT 'Accepted, Pending or Rejected, as answered at the latest boot',
    first_boot_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the gateway recorded the first boot; NULL when it never booted',
    first_vendor Nullable(String) COMMENT 'Vendor name at the first boot; NULL when it never booted',
    first_model Nullable(String) COMMENT 'Model name at the first boot; NULL when it never booted',
    first_serial_number Nullable(String) COMMENT 'Serial number at the first boot; empty when not sent, NULL when it never booted',
    first_firmware_version Nullable(String) COMMENT 'Firmware version that it came with: that of the first boot; empty when not sent, NULL when it never booted',
    last_boot_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the gateway recorded the latest boot; NULL when it never booted',
    registered_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was registered; NULL when no operator has changed it since events tell',
    retired_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was retired; NULL unless it is',
    time_zone Nullable(String) COMMENT 'Time zone (IANA), as an operator set it; NULL when nobody has',
    tags Map(String, String) COMMENT 'Its tags, such as site and operator'
)
AS
SELECT
    f.cp_id AS cp_id,
    if(f.first IS NULL, NULL, f.boot.1) AS protocol,
    if(f.first IS NULL, NULL, f.boot.2) AS vendor,
    if(f.first IS NULL, NULL, f.boot.3) AS model,
    if(f.first IS NULL, NULL, f.boot.4) AS serial_number,
    if(f.first IS NULL, NULL, f.boot.5) AS firmware_version,
    if(f.first IS NULL, NULL, f.boot.6) AS iccid,
    if(f.first IS NULL, NULL, f.boot.7) AS imsi,
    if(f.first IS NULL, NULL, f.boot.8) AS registration_status,
    f.first AS first_boot_at,
    if(f.first IS NULL, NULL, f.came.1) AS first_vendor,
    if(f.first IS NULL, NULL, f.came.2) AS first_model,
    if(f.first IS NULL, NULL, f.came.3) AS first_serial_number,
    if(f.first IS NULL, NULL, f.came.4) AS first_firmware_version,
    if(f.first IS NULL, NULL, f.boot.9) AS last_boot_at,
    f.change.1 AS registered_at,
    f.change.2 AS retired_at,
    nullIf(f.change.4, '') AS time_zone,
    f.change.3 AS tags
FROM
(
    SELECT x.cp_id AS cp_id, min(x.first_boot_at) AS first, argMinMerge(x.first_boot) AS came, argMaxMerge(x.latest_boot) AS boot, argMaxMerge(x.latest_change) AS change
    FROM charge_point_facts AS x
    GROUP BY x.cp_id
) AS f
COMMENT 'Charge points, whether they ever connected or not';
