{{ config(order_by='(day, cp_id)') }}

-- Availability of each charger by its local day, over all of its connectors. NULL where all is unknown.
SELECT
    concat(toString(day), '/', cp_id) AS id,
    day,
    cp_id,
    count() AS connectors,
    sum(available_seconds) / nullIf(sum(observed_seconds - unknown_seconds), 0) AS availability,
    sum(faulted_seconds) / 3600 AS faulted_hours,
    sum(offline_seconds) / 3600 AS offline_hours
FROM {{ source('gateway', 'connector_availability_between') }}(from_day = '{{ var("from_day") }}', to_day = '{{ var("to_day") }}')
WHERE day BETWEEN '{{ var("from_day") }}' AND '{{ var("to_day") }}'
GROUP BY day, cp_id
