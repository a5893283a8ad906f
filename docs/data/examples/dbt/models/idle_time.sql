{{ config(order_by='session_id') }}

-- How long each session kept the connector without charging, in both versions.
SELECT
    concat(cp_id, '/', transaction_id) AS session_id,
    sumIf(seconds, phase = 'charging') / 60 AS charging_minutes,
    sumIf(seconds, phase IN ('suspended_ev', 'suspended_evse', 'idle')) / 60 AS idle_minutes,
    sumIf(seconds, phase IS NULL) / 60 AS unknown_minutes
FROM {{ source('gateway', 'session_phases_between') }}(from_day = '{{ var("from_day") }}', to_day = '{{ var("to_day") }}')
GROUP BY session_id
