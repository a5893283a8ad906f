-- Connections and statuses as one history, in the order of days, and the last of each day and month, kept up to date by every insert.
-- A question about a day reads the changes of that day, and for what held at its begin the last ones of the days of its month and of the
-- months before. Nothing changes when an event is inserted twice, late or in another order.
CREATE TABLE IF NOT EXISTS state_changes
(
    day Date COMMENT 'Day of the change, UTC',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    kind Enum8('connection' = 1, 'status' = 2) COMMENT 'What changed: the connection of the charge point, or a status that it sent',
    evse_id Int32 COMMENT 'EVSE of the status; 0 is the whole station, and every connection',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    at DateTime64(3, 'UTC') COMMENT 'When it holds from: when a status was received, when a connection began or was last heard' CODEC(Delta, ZSTD(1)),
    since DateTime64(3, 'UTC') COMMENT 'The change with the latest since holds: when the connection began that opened or closed, or at' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    state LowCardinality(String) COMMENT 'online or offline for a connection; the status as the charger said it'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (day, cp_id, kind, evse_id, connector_id, at, event_id)
TTL day + INTERVAL 25 MONTH
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Changes of connections and statuses by day, fed from connections and connector_status';

CREATE TABLE IF NOT EXISTS states_by_day
(
    day Date COMMENT 'Day, UTC',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    kind Enum8('connection' = 1, 'status' = 2) COMMENT 'What changed',
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station, and every connection',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    last AggregateFunction(argMax, String, Tuple(DateTime64(3, 'UTC'), DateTime64(3, 'UTC'), UUID)) COMMENT 'The state that held after the last change of the day'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (day, cp_id, kind, evse_id, connector_id)
TTL day + INTERVAL 25 MONTH
SETTINGS index_granularity = 1024, ttl_only_drop_parts = 1
COMMENT 'Last state of each day with a change, fed from state_changes';

CREATE TABLE IF NOT EXISTS states_by_month
(
    month Date COMMENT 'First day of the month, UTC',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    kind Enum8('connection' = 1, 'status' = 2) COMMENT 'What changed',
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station, and every connection',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    last AggregateFunction(argMax, String, Tuple(DateTime64(3, 'UTC'), DateTime64(3, 'UTC'), UUID)) COMMENT 'The state that held after the last change of the month'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYear(month)
ORDER BY (month, cp_id, kind, evse_id, connector_id)
SETTINGS index_granularity = 1024
COMMENT 'Last state of each month with a change, fed from state_changes';

CREATE MATERIALIZED VIEW IF NOT EXISTS states_by_day_feed TO states_by_day AS
SELECT day, cp_id, kind, evse_id, connector_id, argMaxState(toString(state), (since, recorded_at, event_id)) AS last
FROM state_changes
GROUP BY day, cp_id, kind, evse_id, connector_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS states_by_month_feed TO states_by_month AS
SELECT toStartOfMonth(day) AS month, cp_id, kind, evse_id, connector_id, argMaxState(toString(state), (since, recorded_at, event_id)) AS last
FROM state_changes
GROUP BY month, cp_id, kind, evse_id, connector_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS connection_changes_feed TO state_changes AS
SELECT
    toDate(occurred_at) AS day,
    cp_id,
    'connection' AS kind,
    toInt32(0) AS evse_id,
    toInt32(0) AS connector_id,
    occurred_at AS at,
    ifNull(began_at, occurred_at) AS since,
    recorded_at,
    event_id,
    if(connected, 'online', 'offline') AS state
FROM connections;

CREATE MATERIALIZED VIEW IF NOT EXISTS status_changes_feed TO state_changes AS
SELECT
    toDate(recorded_at) AS day,
    cp_id,
    'status' AS kind,
    evse_id,
    connector_id,
    recorded_at AS at,
    recorded_at AS since,
    recorded_at,
    event_id,
    status AS state
FROM connector_status;
