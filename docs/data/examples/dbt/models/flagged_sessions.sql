{{ config(order_by='(session_id, flag)') }}

-- One row for each flag of a session that was first heard of in the days, with what is billed all the same.
SELECT
    concat(session_id, '/', flag) AS id,
    concat(cp_id, '/', transaction_id) AS session_id,
    arrayJoin(quality) AS flag,
    energy_wh,
    energy_reason
FROM {{ source('gateway', 'sessions') }}
WHERE unassigned_reason = '' AND first_heard_at >= '{{ var("from_day") }}' AND first_heard_at < toDate('{{ var("to_day") }}') + 1
