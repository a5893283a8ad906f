-- What each session did, one row a phase that it has had: charging, suspended by the vehicle, suspended by the station, idle (occupied
-- without charging). 2.0.1 says it with the events of the transaction; 1.6 with the status of the connector. NULL is the time of which
-- nothing is known. A phase holds until the next one is reported; what a clock says before the start or after the end is left out.
-- Sessions are filed by first_heard_at: SELECT * FROM session_phases_between(from_day = '2026-11-30', to_day = '2026-11-30'). Days are those of UTC.
CREATE OR REPLACE VIEW session_phases_between
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    first_heard_at DateTime64(3, 'UTC') COMMENT 'When the gateway received its first message; sessions are filed by it',
    phase Nullable(String) COMMENT 'charging, suspended_ev, suspended_evse or idle; NULL: unknown',
    seconds Float64 COMMENT 'Seconds in it, up to now while active',
    times UInt64 COMMENT 'How often the session was in it'
)
AS
WITH
    toDateTime64({from_day:String}, 3, 'UTC') AS begins_at,
    toDateTime64(toDate({to_day:String}) + 1, 3, 'UTC') AS ends_at,
    -- Statuses outside of them belong to no session that is asked for.
    (
        SELECT (min(started_at), max(coalesce(ended_at, now64(3, 'UTC'))))
        FROM sessions
        WHERE protocol = 'ocpp1.6' AND first_heard_at >= begins_at AND first_heard_at < ends_at
    ) AS bounds_16
SELECT cp_id, transaction_id, first_heard_at, nullIf(part.1, '') AS phase, sum(part.2) AS seconds, count() AS times
FROM
(
    SELECT
        cp_id,
        transaction_id,
        first_heard_at,
        max(bounds.1) AS from_ms,
        greatest(from_ms, max(bounds.2)) AS to_ms,
        -- Of one moment the last that was received, as clocks write whole seconds; a phase that is reported again goes on.
        arrayMap(c -> (greatest(c.1, from_ms), c.3), arraySort(arrayFilter(c -> c.1 <= to_ms, groupUniqArrayIf(change, change.3 != '')))) AS reported,
        arrayConcat([(from_ms, '')], arrayFilter((c, n) -> c.1 < n.1 OR n.1 = 0, reported, arrayShiftLeft(reported, 1))) AS changes,
        arrayFilter((c, before) -> c.2 != before, changes, arrayPushFront(arrayMap(c -> c.2, arrayPopBack(changes)), '-')) AS phases,
        arrayJoin(
            arrayFilter(
                p -> p.2 > 0,
                arrayMap((p, n) -> (p.2, (n.1 - p.1) / 1000), phases, arrayPushBack(arrayPopFront(phases), (to_ms, '')))
            )
        ) AS part
    FROM
    (
        SELECT
            cp_id,
            transaction_id,
            first_heard_at,
            (toUnixTimestamp64Milli(s.started_at), toUnixTimestamp64Milli(coalesce(s.ended_at, now64(3, 'UTC')))) AS bounds,
            (toInt64(0), toInt64(0), '') AS change
        FROM sessions AS s
        WHERE s.unassigned_reason = '' AND s.first_heard_at >= begins_at AND s.first_heard_at < ends_at
        UNION ALL
        SELECT
            e.cp_id,
            e.transaction_id,
            assumeNotNull(e.first_heard_at),
            (toInt64(0), toInt64(0)),
            (
                toUnixTimestamp64Milli(e.occurred_at),
                toUnixTimestamp64Milli(e.recorded_at),
                transform(toString(e.charging_state), ['Charging', 'SuspendedEV', 'SuspendedEVSE', 'EVConnected', 'Idle'], ['charging', 'suspended_ev', 'suspended_evse', 'idle', 'idle'], '')
            )
        FROM transaction_events AS e
        WHERE e.charging_state != '' AND e.first_heard_at >= begins_at AND e.first_heard_at < ends_at
        UNION ALL
        SELECT
            c.cp_id,
            s.transaction_id,
            s.first_heard_at,
            (toInt64(0), toInt64(0)),
            (
                toUnixTimestamp64Milli(c.occurred_at),
                toUnixTimestamp64Milli(c.recorded_at),
                transform(toString(c.status), ['Charging', 'SuspendedEV', 'SuspendedEVSE', 'Preparing', 'Finishing', 'Occupied'], ['charging', 'suspended_ev', 'suspended_evse', 'idle', 'idle', 'idle'], '')
            )
        FROM
        (
            SELECT cp_id, evse_id, occurred_at, recorded_at, status
            FROM connector_status
            WHERE protocol = 'ocpp1.6' AND evse_id > 0 AND occurred_at BETWEEN bounds_16.1 AND bounds_16.2
        ) AS c
        ASOF INNER JOIN
        (
            SELECT cp_id, evse_id, transaction_id, first_heard_at, started_at, ended_at
            FROM sessions
            WHERE protocol = 'ocpp1.6' AND evse_id > 0 AND unassigned_reason = '' AND first_heard_at >= begins_at AND first_heard_at < ends_at
        ) AS s ON c.cp_id = s.cp_id AND c.evse_id = s.evse_id AND c.occurred_at >= s.started_at
        WHERE s.ended_at IS NULL OR c.occurred_at <= s.ended_at
    )
    GROUP BY cp_id, transaction_id, first_heard_at
    HAVING from_ms > 0
)
GROUP BY cp_id, transaction_id, first_heard_at, phase
COMMENT 'Charging phases and idle time of the sessions heard of between two days, in both versions';
