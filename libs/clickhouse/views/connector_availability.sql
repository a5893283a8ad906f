-- Availability of every connector, by day. A connector is available while its charger is connected and its status is
-- neither Unavailable nor Faulted. A status holds from when it was received until the next one was, whatever times the
-- charger's clock named. Rows that are there twice make intervals of no length.
CREATE OR REPLACE VIEW connector_availability
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE',
    connector_id Int32 COMMENT 'Connector of the EVSE',
    day Date COMMENT 'Day, UTC',
    observed_seconds Float64 COMMENT 'Seconds of the day since the connector is known, up to now',
    available_seconds Float64 COMMENT 'Seconds usable: connected, and neither Unavailable nor Faulted',
    occupied_seconds Float64 COMMENT 'Seconds of those in use: any usable status but Available and Reserved',
    unavailable_seconds Float64 COMMENT 'Seconds connected with status Unavailable',
    faulted_seconds Float64 COMMENT 'Seconds connected with status Faulted',
    offline_seconds Float64 COMMENT 'Seconds without a connection of the charger',
    availability Float64 COMMENT 'available_seconds / observed_seconds, 0 to 1'
)
AS
SELECT
    cp_id,
    evse_id,
    connector_id,
    day,
    sum(seconds) AS observed_seconds,
    sumIf(seconds, online AND status NOT IN ('Unavailable', 'Faulted')) AS available_seconds,
    sumIf(seconds, online AND status NOT IN ('Unavailable', 'Faulted', 'Available', 'Reserved')) AS occupied_seconds,
    sumIf(seconds, online AND status = 'Unavailable') AS unavailable_seconds,
    sumIf(seconds, online AND status = 'Faulted') AS faulted_seconds,
    sumIf(seconds, NOT online) AS offline_seconds,
    available_seconds / observed_seconds AS availability
FROM
(
    SELECT
        cp_id,
        evse_id,
        connector_id,
        status,
        online,
        toDate(arrayJoin(range(toUInt32(intDiv(from_ms, 86400000)), toUInt32(intDiv(to_ms, 86400000)) + 1))) AS day,
        greatest(0, least(to_ms, (toInt64(day) + 1) * 86400000) - greatest(from_ms, toInt64(day) * 86400000)) / 1000 AS seconds
    FROM
    (
        SELECT
            cp_id,
            evse_id,
            connector_id,
            toUnixTimestamp64Milli(at) AS from_ms,
            toUnixTimestamp64Milli(leadInFrame(at, 1, now64(3, 'UTC')) OVER (history ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)) AS to_ms,
            anyLast(reported) OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS status,
            -- A charger that reports its status before its connection was recorded is online. The close of a connection
            -- that a newer one has replaced says nothing.
            ifNull(
                anyLast(multiIf(opened, 1, opened IS NOT NULL AND connection_id = current_connection, 0, NULL))
                    OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
                1
            ) AS online
        FROM
        (
            SELECT
                *,
                anyLast(if(opened, connection_id, NULL)) OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS current_connection
            FROM
            (
                SELECT
                    s.cp_id AS cp_id,
                    s.evse_id AS evse_id,
                    s.connector_id AS connector_id,
                    s.recorded_at AS at,
                    s.event_id AS event_id,
                    CAST(s.status, 'Nullable(String)') AS reported,
                    CAST(NULL, 'Nullable(Bool)') AS opened,
                    '' AS connection_id
                FROM connector_status AS s
                WHERE s.evse_id > 0
                UNION ALL
                SELECT c.cp_id, k.evse_id, k.connector_id, c.recorded_at, c.event_id, NULL, c.connected, c.connection_id
                FROM connections AS c
                INNER JOIN (SELECT DISTINCT cp_id, evse_id, connector_id FROM connector_status WHERE evse_id > 0) AS k ON k.cp_id = c.cp_id
            )
            WINDOW history AS (PARTITION BY cp_id, evse_id, connector_id ORDER BY at, event_id)
        )
        WINDOW history AS (PARTITION BY cp_id, evse_id, connector_id ORDER BY at, event_id)
    )
    WHERE status IS NOT NULL AND to_ms > from_ms AND from_ms > 0
)
GROUP BY cp_id, evse_id, connector_id, day
HAVING observed_seconds > 0
COMMENT 'Availability of every connector, by UTC day';
