-- Connections and statuses as one history, in the order of days, and the last of each span of days, kept up to date by every insert.
-- A question about a day reads the changes of that day, and for what held at its begin the last ones of few spans before it.
-- Nothing changes when an event is inserted twice, late or in another order.
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
SETTINGS index_granularity = 256, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Changes of connections and statuses by day, fed from connections and connector_status';

-- What held at the begin of a day is the last change of the spans before it: whole ones of 256 days, then of 64, 16, 4 days and one day, three
-- of each at most.
CREATE TABLE IF NOT EXISTS states_of_spans
(
    span UInt16 COMMENT 'Days of the span: 1, 4, 16, 64 or 256',
    first_day Date COMMENT 'First day of the span, UTC; spans follow each other from 1 January 1970',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    kind Enum8('connection' = 1, 'status' = 2) COMMENT 'What changed',
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station, and every connection',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 is the EVSE or station as a whole',
    last AggregateFunction(argMax, String, Tuple(DateTime64(3, 'UTC'), DateTime64(3, 'UTC'), UUID)) COMMENT 'The state that held after the last change of the span'
)
ENGINE = AggregatingMergeTree
PARTITION BY (span, toYear(first_day))
ORDER BY (span, first_day, cp_id, kind, evse_id, connector_id)
TTL first_day + INTERVAL 3 YEAR DELETE WHERE span < 256
SETTINGS index_granularity = 256
COMMENT 'Last state of each span of days with a change, fed from state_changes';

CREATE TABLE IF NOT EXISTS connectors
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE',
    connector_id Int32 COMMENT 'Connector of the EVSE',
    first_day SimpleAggregateFunction(min, Date) COMMENT 'Day of its first status, UTC'
)
ENGINE = AggregatingMergeTree
ORDER BY (cp_id, evse_id, connector_id)
SETTINGS index_granularity = 256
COMMENT 'Connectors that have had a status, fed from state_changes';

CREATE MATERIALIZED VIEW IF NOT EXISTS states_of_spans_feed TO states_of_spans AS
SELECT
    toUInt16(days) AS span,
    toDate(intDiv(toUInt32(day), days) * days) AS first_day,
    cp_id,
    kind,
    evse_id,
    connector_id,
    argMaxState(toString(state), (since, recorded_at, event_id)) AS last
FROM state_changes
ARRAY JOIN [1, 4, 16, 64, 256] AS days
GROUP BY span, first_day, cp_id, kind, evse_id, connector_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS connectors_feed TO connectors AS
SELECT cp_id, evse_id, connector_id, min(day) AS first_day
FROM state_changes
WHERE kind = 'status' AND evse_id > 0 AND connector_id > 0
GROUP BY cp_id, evse_id, connector_id;

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
