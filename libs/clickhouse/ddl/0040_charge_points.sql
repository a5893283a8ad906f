-- Charge points, whether they ever connected or not: the latest and the first boot, and what operators decided. The view
-- charge_points reads it.
CREATE TABLE IF NOT EXISTS charge_point_changes
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1; empty when it has never connected',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When it was registered, changed, retired or restored' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that recorded the event; empty for command-api',
    registered_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was registered',
    retired_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was retired; NULL unless it is',
    tags Map(String, String) COMMENT 'All tags that it had then',
    time_zone LowCardinality(String) COMMENT 'Time zone (IANA) that it had then; empty when nobody has set one'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 120 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'What operators decided of charge points (topic cp.station), one row an event';

CREATE TABLE IF NOT EXISTS charge_point_facts
(
    cp_id String COMMENT 'Charge point identity',
    first_boot_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))) COMMENT 'When the gateway recorded the first boot; NULL when there was none',
    first_boot AggregateFunction(argMin, Tuple(String, String, String, String), Tuple(DateTime64(3, 'UTC'), UUID)) COMMENT 'The boot recorded first: vendor, model, serial number, firmware',
    latest_boot AggregateFunction(argMax, Tuple(String, String, String, String, String, String, String, String, DateTime64(3, 'UTC')), Tuple(DateTime64(3, 'UTC'), UUID)) COMMENT 'The boot recorded last: protocol, vendor, model, serial number, firmware, ICCID, IMSI, answer, time',
    latest_change AggregateFunction(argMax, Tuple(Nullable(DateTime64(3, 'UTC')), Nullable(DateTime64(3, 'UTC')), Map(String, String), String), Tuple(DateTime64(3, 'UTC'), UUID)) COMMENT 'What operators decided last: registered, retired, tags, time zone'
)
ENGINE = AggregatingMergeTree
ORDER BY cp_id
COMMENT 'Charge points, fed from boots and charge_point_changes; read the view charge_points';

CREATE MATERIALIZED VIEW IF NOT EXISTS charge_point_boots_feed TO charge_point_facts AS
SELECT
    b.cp_id AS cp_id,
    min(toNullable(b.recorded_at)) AS first_boot_at,
    argMinState(CAST((b.vendor, b.model, b.serial_number, b.firmware_version), 'Tuple(String, String, String, String)'), (b.recorded_at, b.event_id)) AS first_boot,
    argMaxState(
        CAST((b.protocol, b.vendor, b.model, b.serial_number, b.firmware_version, b.iccid, b.imsi, b.registration_status, b.recorded_at), 'Tuple(String, String, String, String, String, String, String, String, DateTime64(3, \'UTC\'))'),
        (b.recorded_at, b.event_id)
    ) AS latest_boot
FROM boots AS b
GROUP BY b.cp_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS charge_point_changes_feed TO charge_point_facts AS
SELECT
    c.cp_id AS cp_id,
    argMaxState((c.registered_at, c.retired_at, c.tags, toString(c.time_zone)), (c.recorded_at, c.event_id)) AS latest_change
FROM charge_point_changes AS c
GROUP BY c.cp_id;

-- An insert that began before the view must have ended.
-- wait until: SELECT count() = 0 FROM system.processes WHERE query_kind = 'Insert' AND now64(3) - toIntervalMillisecond(toInt64(elapsed * 1000)) < (SELECT max(metadata_modification_time) + 1 FROM system.tables WHERE database = currentDatabase() AND name = 'charge_point_boots_feed')
INSERT INTO charge_point_facts (cp_id, first_boot_at, first_boot, latest_boot)
SELECT
    b.cp_id AS cp_id,
    min(toNullable(b.recorded_at)),
    argMinState(CAST((b.vendor, b.model, b.serial_number, b.firmware_version), 'Tuple(String, String, String, String)'), (b.recorded_at, b.event_id)),
    argMaxState(
        CAST((b.protocol, b.vendor, b.model, b.serial_number, b.firmware_version, b.iccid, b.imsi, b.registration_status, b.recorded_at), 'Tuple(String, String, String, String, String, String, String, String, DateTime64(3, \'UTC\'))'),
        (b.recorded_at, b.event_id)
    )
FROM boots AS b
GROUP BY b.cp_id;
