-- Uptime of each charging port (EVSE) by 23 CFR 680.116(b): ((525,600 - (T_outage - T_excluded)) / 525,600) x 100, in minutes of a year, asked
-- for with the 365 days of it: SELECT * FROM port_uptime_between(from_day = '2025-12-01', to_day = '2026-11-30'). A port is out while each of its
-- connectors is unavailable, faulted or offline. T_excluded is what uptime_exclusions has of that. Days are those of UTC.
CREATE OR REPLACE VIEW port_uptime_between
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE',
    observed_minutes Float64 COMMENT 'Minutes of the days in which the port is known',
    outage_minutes Float64 COMMENT 'Minutes in which every connector of it is unavailable, faulted or offline',
    excluded_minutes Float64 COMMENT 'Of these, minutes that uptime_exclusions has',
    unknown_minutes Float64 COMMENT 'Minutes in which the state of every connector is unknown',
    nevi_uptime_percent Float64 COMMENT 'Uptime by 23 CFR 680.116(b), percent of a year',
    observed_uptime_percent Nullable(Float64) COMMENT 'The same of the minutes in which the state is known; NULL when there are none'
)
AS
SELECT
    cp_id,
    evse_id,
    sum(minutes) AS observed_minutes,
    sumIf(minutes, is_out) AS outage_minutes,
    sumIf(minutes, is_out AND is_excluded) AS excluded_minutes,
    sumIf(minutes, is_unknown) AS unknown_minutes,
    (525600 - (outage_minutes - excluded_minutes)) / 525600 * 100 AS nevi_uptime_percent,
    if(observed_minutes > unknown_minutes, (observed_minutes - unknown_minutes - (outage_minutes - excluded_minutes)) / (observed_minutes - unknown_minutes) * 100, NULL) AS observed_uptime_percent
FROM
(
    SELECT
        cp_id,
        evse_id,
        dateDiff('millisecond', at, leadInFrame(at, 1, at) OVER (changes ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)) / 60000 AS minutes,
        sum(connectors) OVER changes AS present,
        present > 0 AND sum(outages) OVER changes = present AS is_out,
        present > 0 AND NOT is_out AND sum(unknowns) OVER changes = present AS is_unknown,
        sum(exclusions) OVER changes > 0 AS is_excluded
    FROM
    (
        SELECT cp_id, evse_id, at, sum(connectors) AS connectors, sum(outages) AS outages, sum(unknowns) AS unknowns, sum(exclusions) AS exclusions
        FROM
        (
            SELECT
                cp_id,
                evse_id,
                (arrayJoin([(1, greatest(from_at, begins_at)), (-1, least(to_at, ends_at))]) AS step).2 AS at,
                step.1 AS connectors,
                if(state IN ('unavailable', 'faulted', 'offline'), step.1, 0) AS outages,
                if(state = 'unknown', step.1, 0) AS unknowns,
                0 AS exclusions
            FROM
            (
                SELECT *, toDateTime64({from_day:String}, 3, 'UTC') AS begins_at, toDateTime64(toDate({to_day:String}) + 1, 3, 'UTC') AS ends_at
                FROM connector_states_between(from_day = {from_day:String}, to_day = {to_day:String})
            )
            WHERE from_at < ends_at AND to_at > begins_at
            UNION ALL
            SELECT
                x.cp_id AS cp_id,
                k.evse_id AS evse_id,
                (arrayJoin([(1, x.from_at), (-1, x.to_at)]) AS step).2 AS at,
                0 AS connectors,
                0 AS outages,
                0 AS unknowns,
                step.1 AS exclusions
            FROM (SELECT * FROM uptime_exclusions FINAL WHERE to_at > from_at) AS x
            INNER JOIN (SELECT DISTINCT cp_id, evse_id FROM connectors) AS k ON k.cp_id = x.cp_id
            WHERE x.evse_id = 0 OR x.evse_id = k.evse_id
        )
        GROUP BY cp_id, evse_id, at
    )
    WINDOW changes AS (PARTITION BY cp_id, evse_id ORDER BY at)
)
WHERE present > 0
GROUP BY cp_id, evse_id
COMMENT 'Uptime of every charging port by 23 CFR 680.116, between two days';
