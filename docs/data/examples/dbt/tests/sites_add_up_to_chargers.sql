-- The energy of all sites is that of all chargers: no charger is lost for want of a row in charge_points.
SELECT sites.kwh, chargers.kwh
FROM (SELECT sum(energy_kwh) AS kwh FROM {{ ref('daily_energy_by_site') }}) AS sites
CROSS JOIN (
    SELECT sum(energy_wh) / 1000 AS kwh
    FROM {{ source('gateway', 'energy_per_charger_day') }}
    WHERE day BETWEEN '{{ var("from_day") }}' AND '{{ var("to_day") }}'
) AS chargers
WHERE abs(sites.kwh - chargers.kwh) > 0.001
