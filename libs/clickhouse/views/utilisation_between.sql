-- How much of a charger is used: SELECT * FROM utilisation_between(from_day = '2026-11-30', to_day = '2026-11-30', rated_kw = 22). By time: of the
-- seconds in which its connectors are known, those in use. By energy: of what its connectors could deliver all day at the rated power of
-- each, what they delivered. The gateway does not know the rated power. An hour belongs to the local day in which it begins.
CREATE OR REPLACE VIEW utilisation_between
(
    cp_id String COMMENT 'Charge point identity',
    day Date COMMENT 'Day in the time zone of the charge point',
    connectors UInt64 COMMENT 'Connectors that are known',
    occupied_seconds Float64 COMMENT 'Seconds in use, over all connectors',
    time_utilisation Nullable(Float64) COMMENT 'Share of the known seconds in use, 0 to 1; NULL when none is known',
    energy_wh Float64 COMMENT 'Energy delivered in the day, Wh',
    energy_utilisation Float64 COMMENT 'Share of what the connectors could deliver all day at rated_kw, 0 to 1'
)
AS
SELECT
    a.cp_id AS cp_id,
    a.day AS day,
    a.connectors AS connectors,
    a.occupied_seconds AS occupied_seconds,
    if(a.known_seconds > 0, a.occupied_seconds / a.known_seconds, NULL) AS time_utilisation,
    e.energy_wh AS energy_wh,
    e.energy_wh / ({rated_kw:Float64} * 1000 * 24 * a.connectors) AS energy_utilisation
FROM
(
    SELECT cp_id, day, count() AS connectors, sum(occupied_seconds) AS occupied_seconds, sum(observed_seconds - unknown_seconds) AS known_seconds
    FROM connector_availability_between(from_day = {from_day:String}, to_day = {to_day:String})
    GROUP BY cp_id, day
) AS a
LEFT JOIN
(
    SELECT
        h.cp_id AS cp_id,
        toDate(toDateTime(toString(h.hour, if(z.time_zone = '', 'UTC', z.time_zone)), 'UTC')) AS day,
        sum(h.energy_wh) AS energy_wh
    FROM
    (
        SELECT cp_id, hour, energy_wh
        FROM energy_per_charger_hour
        WHERE hour >= toDateTime(toDate({from_day:String}) - 1, 'UTC') AND hour < toDateTime(toDate({to_day:String}) + 2, 'UTC')
    ) AS h
    LEFT JOIN time_zones AS z ON z.cp_id = h.cp_id
    GROUP BY cp_id, day
) AS e ON e.cp_id = a.cp_id AND e.day = a.day
COMMENT 'Utilisation of every charger by time and energy, by local day, between two days';
