{{ config(order_by='(ended_at, session_id)') }}

-- One row for each session that ended in the days. An end that belongs to no session is left out.
SELECT
    concat(cp_id, '/', transaction_id) AS session_id,
    cp_id,
    id_token,
    started_at,
    ended_at,
    energy_wh,
    energy_reason,
    cost_amount,
    cost_currency
FROM {{ source('gateway', 'ended_sessions') }} FINAL
WHERE unassigned_reason = '' AND ended_at >= '{{ var("from_day") }}' AND ended_at < toDate('{{ var("to_day") }}') + 1
