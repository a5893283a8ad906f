-- Availability by day: SELECT * FROM connector_availability_between(from_day = '2026-11-30', to_day = '2026-11-30').
-- A day is one of the time zone of the charge point, and of UTC where none is set. Of seconds that are unknown no availability is told.
CREATE OR REPLACE VIEW connector_availability_between
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE',
    connector_id Int32 COMMENT 'Connector of the EVSE',
    day Date COMMENT 'Day in the time zone of the charge point; in UTC where none is set',
    observed_seconds Float64 COMMENT 'Seconds of the day since the connector or its charger is known, up to now',
    available_seconds Float64 COMMENT 'Seconds usable: connected, and neither the station nor its EVSE nor itself Unavailable or Faulted',
    occupied_seconds Float64 COMMENT 'Seconds of those in use: Preparing, Charging, Suspended, Finishing, Occupied',
    reserved_seconds Float64 COMMENT 'Seconds of those Reserved',
    unavailable_seconds Float64 COMMENT 'Seconds connected and Unavailable, itself or its EVSE or station',
    faulted_seconds Float64 COMMENT 'Seconds connected and Faulted, itself or its EVSE or station',
    offline_seconds Float64 COMMENT 'Seconds without a connection of the charger, after its first one',
    unknown_seconds Float64 COMMENT 'Seconds before the first connection or the first status, or with a status that no version knows',
    availability Nullable(Float64) COMMENT 'available_seconds / (observed_seconds - unknown_seconds), 0 to 1; NULL when all is unknown'
)
AS
SELECT
    cp_id,
    evse_id,
    connector_id,
    day,
    sum(seconds) AS observed_seconds,
    sumIf(seconds, state IN ('available', 'occupied', 'charging', 'reserved')) AS available_seconds,
    sumIf(seconds, state IN ('occupied', 'charging')) AS occupied_seconds,
    sumIf(seconds, state = 'reserved') AS reserved_seconds,
    sumIf(seconds, state = 'unavailable') AS unavailable_seconds,
    sumIf(seconds, state = 'faulted') AS faulted_seconds,
    sumIf(seconds, state = 'offline') AS offline_seconds,
    sumIf(seconds, state = 'unknown') AS unknown_seconds,
    if(observed_seconds > unknown_seconds, available_seconds / (observed_seconds - unknown_seconds), NULL) AS availability
FROM
(
    SELECT
        s.cp_id AS cp_id,
        s.evse_id AS evse_id,
        s.connector_id AS connector_id,
        s.state AS state,
        d.day AS day,
        greatest(0, dateDiff('millisecond', greatest(s.from_at, d.begins_at), least(s.to_at, d.ends_at))) / 1000 AS seconds
    FROM
    (
        SELECT
            *,
            arrayJoin(
                range(
                    toUInt32(toDate(toDateTime64(toString(from_at, time_zone), 3, 'UTC'))),
                    toUInt32(toDate(toDateTime64(toString(to_at, time_zone), 3, 'UTC'))) + 1
                )
            ) AS day_number
        FROM connector_states_between(from_day = {from_day:String}, to_day = {to_day:String})
    ) AS s
    INNER JOIN
    (
        SELECT
            zone,
            day_number,
            toDate(day_number) AS day,
            toDateTime64(day, 3, 'UTC') AS wall_begin,
            toDateTime64(day + 1, 3, 'UTC') AS wall_end,
            -- The time at which a clock of the zone shows midnight: the offset of UTC then.
            wall_begin - toIntervalSecond(dateDiff('second', wall_begin, toDateTime64(toString(wall_begin, zone), 3, 'UTC'))) AS begin_guess,
            wall_end - toIntervalSecond(dateDiff('second', wall_end, toDateTime64(toString(wall_end, zone), 3, 'UTC'))) AS end_guess,
            wall_begin - toIntervalSecond(dateDiff('second', begin_guess, toDateTime64(toString(begin_guess, zone), 3, 'UTC'))) AS begins_at,
            wall_end - toIntervalSecond(dateDiff('second', end_guess, toDateTime64(toString(end_guess, zone), 3, 'UTC'))) AS ends_at
        FROM
        (
            SELECT
                arrayJoin(arrayDistinct(arrayConcat(['UTC'], (SELECT groupUniqArray(time_zone) FROM time_zones)))) AS zone,
                arrayJoin(range(toUInt32(toDate({from_day:String})), toUInt32(toDate({to_day:String})) + 1)) AS day_number
        )
    ) AS d ON d.zone = s.time_zone AND d.day_number = s.day_number
)
GROUP BY cp_id, evse_id, connector_id, day
HAVING observed_seconds > 0
COMMENT 'Availability of every connector, by local day, between two days';
