{{ config(order_by='(day, site)') }}

-- Energy that was delivered, by day (UTC) and site. The days of a session add up to its energy.
SELECT
    concat(toString(e.day), '/', site) AS id,
    e.day AS day,
    c.tags['site'] AS site,
    sum(e.energy_wh) / 1000 AS energy_kwh,
    sum(e.estimated_wh) / 1000 AS estimated_kwh,
    uniqExact(e.cp_id) AS chargers
FROM {{ source('gateway', 'energy_per_charger_day') }} AS e
LEFT JOIN {{ source('gateway', 'charge_points') }} AS c ON c.cp_id = e.cp_id
WHERE e.day BETWEEN '{{ var("from_day") }}' AND '{{ var("to_day") }}'
GROUP BY day, site
