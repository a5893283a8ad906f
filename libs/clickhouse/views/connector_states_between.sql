-- How long each connector was in which state: SELECT * FROM connector_states_between(from_day = '2026-11-01', to_day = '2026-11-30').
-- Offline is the charger; unknown is what nobody said: before the first connection, or before the first status. A status of the station
-- (EVSE 0) or of the EVSE (connector 0) that is Unavailable or Faulted holds for its connectors. A status holds from when it was received
-- until the next one was, whatever times the charger's clock named. The days are those of UTC, and one more on each side.
CREATE OR REPLACE VIEW connector_states_between
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE',
    connector_id Int32 COMMENT 'Connector of the EVSE',
    time_zone String COMMENT 'Time zone of the charge point; UTC where none is set',
    from_at DateTime64(3, 'UTC') COMMENT 'Begin of the interval, as received',
    to_at DateTime64(3, 'UTC') COMMENT 'End of the interval',
    state String COMMENT 'available, occupied, charging, reserved, unavailable, faulted, offline or unknown',
    status String COMMENT 'Status of the connector in the words of its version; empty before the first one'
)
AS
WITH
    toDate({from_day:String}) - 1 AS begin_day,
    -- The first days of the spans that hold it.
    toDate(intDiv(toUInt32(begin_day), 256) * 256) AS in_256,
    toDate(intDiv(toUInt32(begin_day), 64) * 64) AS in_64,
    toDate(intDiv(toUInt32(begin_day), 16) * 16) AS in_16,
    toDate(intDiv(toUInt32(begin_day), 4) * 4) AS in_4,
    toDate({to_day:String}) + 1 AS last_day,
    least(now64(3, 'UTC'), toDateTime64(last_day + 1, 3, 'UTC')) AS until
SELECT
    cp_id,
    evse_id,
    connector_id,
    time_zone,
    at AS from_at,
    next_at AS to_at,
    multiIf(
        online = '', 'unknown',
        online = 'offline', 'offline',
        of_station IN ('unavailable', 'faulted'), of_station,
        of_evse IN ('unavailable', 'faulted'), of_evse,
        own = '', 'unknown',
        own
    ) AS state,
    own_words AS status
FROM
(
    SELECT
        cp_id,
        evse_id,
        connector_id,
        time_zone,
        at,
        leadInFrame(at, 1, until) OVER (history ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS next_at,
        argMaxIf(state, (since, recorded_at, event_id), kind = 'connection') OVER history AS online,
        argMaxIf(common, (since, recorded_at, event_id), kind = 'status' AND change_evse_id = 0) OVER history AS of_station,
        argMaxIf(common, (since, recorded_at, event_id), kind = 'status' AND change_evse_id != 0 AND change_connector_id = 0) OVER history AS of_evse,
        argMaxIf(common, (since, recorded_at, event_id), change_connector_id != 0) OVER history AS own,
        argMaxIf(state, (since, recorded_at, event_id), change_connector_id != 0) OVER history AS own_words
    FROM
    (
        SELECT
            k.cp_id AS cp_id,
            k.evse_id AS evse_id,
            k.connector_id AS connector_id,
            if(z.time_zone = '', 'UTC', z.time_zone) AS time_zone,
            c.kind AS kind,
            c.evse_id AS change_evse_id,
            c.connector_id AS change_connector_id,
            c.at AS at,
            c.since AS since,
            c.recorded_at AS recorded_at,
            c.event_id AS event_id,
            c.state AS state,
            transform(
                lower(c.state),
                ['available', 'preparing', 'charging', 'suspendedevse', 'suspendedev', 'finishing', 'occupied', 'reserved', 'unavailable', 'faulted'],
                ['available', 'occupied', 'charging', 'occupied', 'occupied', 'occupied', 'occupied', 'reserved', 'unavailable', 'faulted'],
                'unknown'
            ) AS common
        FROM
        (
            SELECT cp_id, kind, evse_id, connector_id, at, since, recorded_at, event_id, toString(state) AS state
            FROM state_changes
            WHERE day BETWEEN begin_day AND last_day
            UNION ALL
            SELECT
                cp_id,
                kind,
                evse_id,
                connector_id,
                toDateTime64(begin_day, 3, 'UTC') AS at,
                toDateTime64(0, 3, 'UTC') AS since,
                toDateTime64(0, 3, 'UTC') AS recorded_at,
                toUUID('00000000-0000-0000-0000-000000000000') AS event_id,
                argMaxMerge(last) AS state
            FROM
            (
                SELECT cp_id, kind, evse_id, connector_id, last FROM states_of_spans WHERE span = 256 AND first_day < in_256
                UNION ALL
                SELECT cp_id, kind, evse_id, connector_id, last FROM states_of_spans WHERE span = 64 AND first_day >= in_256 AND first_day < in_64
                UNION ALL
                SELECT cp_id, kind, evse_id, connector_id, last FROM states_of_spans WHERE span = 16 AND first_day >= in_64 AND first_day < in_16
                UNION ALL
                SELECT cp_id, kind, evse_id, connector_id, last FROM states_of_spans WHERE span = 4 AND first_day >= in_16 AND first_day < in_4
                UNION ALL
                SELECT cp_id, kind, evse_id, connector_id, last FROM states_of_spans WHERE span = 1 AND first_day >= in_4 AND first_day < begin_day
            )
            GROUP BY cp_id, kind, evse_id, connector_id
        ) AS c
        INNER JOIN
        (
            SELECT cp_id, evse_id, connector_id
            FROM connectors
            GROUP BY cp_id, evse_id, connector_id
            HAVING min(connectors.first_day) <= last_day
        ) AS k ON k.cp_id = c.cp_id
        LEFT JOIN
        (
            SELECT cp_id, time_zone FROM time_zones
        ) AS z ON z.cp_id = k.cp_id
        WHERE (c.evse_id = 0 OR c.evse_id = k.evse_id) AND (c.connector_id = 0 OR c.connector_id = k.connector_id)
    )
    WINDOW history AS (PARTITION BY cp_id, evse_id, connector_id ORDER BY at, recorded_at, event_id)
)
WHERE next_at > at
COMMENT 'States of every connector as intervals, in the words of all versions, between two days';
