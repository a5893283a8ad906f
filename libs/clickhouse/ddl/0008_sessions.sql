-- One row a transaction. Every aggregate gives the same answer when an event is there twice, so no FINAL is needed.
CREATE OR REPLACE VIEW sessions
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    state LowCardinality(String) COMMENT 'active or ended',
    evse_id Int32 COMMENT 'EVSE; 0 when never known',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 when never known',
    id_token String COMMENT 'First token presented; empty when none was',
    started_at DateTime64(3, 'UTC') COMMENT 'Start by the charger''s clock; the first event seen when the start was not',
    ended_at Nullable(DateTime64(3, 'UTC')) COMMENT 'End by the charger''s clock; NULL while active',
    duration_seconds Int64 COMMENT 'From start to end, or to now while active',
    meter_start_wh Nullable(Float64) COMMENT 'Register at the start, Wh',
    meter_stop_wh Nullable(Float64) COMMENT 'Register at the end, Wh; the latest sampled while active',
    energy_wh Nullable(Float64) COMMENT 'Energy delivered, Wh; so far while active; NULL when no register value is known',
    stop_reason LowCardinality(String) COMMENT 'Why it ended; empty while active',
    remote_start_id Int32 COMMENT 'Remote start that caused it, 0 when none',
    missing_seq_nos Array(Int32) COMMENT 'Sequence numbers not seen when it ended (2.0.1)',
    events UInt64 COMMENT 'Distinct transaction events recorded'
)
AS
SELECT
    cp_id,
    transaction_id,
    t.protocol AS protocol,
    if(t.ended, 'ended', 'active') AS state,
    t.evse_id AS evse_id,
    t.connector_id AS connector_id,
    t.id_token AS id_token,
    coalesce(t.start_at, t.known_start_at, t.first_at) AS started_at,
    t.end_at AS ended_at,
    greatest(toInt64(0), dateDiff('second', started_at, coalesce(t.end_at, now64(3, 'UTC')))) AS duration_seconds,
    coalesce(t.start_wh, r.first_wh) AS meter_start_wh,
    coalesce(t.stop_wh, r.last_wh) AS meter_stop_wh,
    coalesce(t.delivered_wh, if(meter_stop_wh < meter_start_wh, 0, meter_stop_wh - meter_start_wh)) AS energy_wh,
    t.reason AS stop_reason,
    t.remote_start AS remote_start_id,
    t.missing AS missing_seq_nos,
    t.distinct_events AS events
FROM
(
    SELECT
        e.cp_id AS cp_id,
        e.transaction_id AS transaction_id,
        any(e.protocol) AS protocol,
        max(e.event_type = 'tx.ended') AS ended,
        max(e.evse_id) AS evse_id,
        max(e.connector_id) AS connector_id,
        argMinIf(e.id_token, e.occurred_at, e.id_token != '') AS id_token,
        minOrNullIf(e.occurred_at, e.event_type = 'tx.started') AS start_at,
        min(e.started_at) AS known_start_at,
        min(e.occurred_at) AS first_at,
        maxOrNullIf(e.occurred_at, e.event_type = 'tx.ended') AS end_at,
        min(e.meter_start_wh) AS start_wh,
        max(e.meter_stop_wh) AS stop_wh,
        max(e.energy_wh) AS delivered_wh,
        anyIf(e.stop_reason, e.event_type = 'tx.ended') AS reason,
        max(e.remote_start_id) AS remote_start,
        argMaxIf(e.missing_seq_nos, e.recorded_at, e.event_type = 'tx.ended') AS missing,
        uniqExact(e.event_id) AS distinct_events
    FROM transaction_events AS e
    GROUP BY e.cp_id, e.transaction_id
) AS t
LEFT JOIN
(
    SELECT
        x.cp_id AS cp_id,
        x.transaction_id AS transaction_id,
        toNullable(min(x.first_register_wh)) AS first_wh,
        toNullable(max(x.last_register_wh)) AS last_wh
    FROM transaction_registers AS x
    GROUP BY x.cp_id, x.transaction_id
) AS r USING (cp_id, transaction_id);
