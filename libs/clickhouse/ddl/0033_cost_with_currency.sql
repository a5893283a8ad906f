-- What a transaction cost, exactly and with its currency.
ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS cost_amount Nullable(Decimal(18, 4)) COMMENT 'The total cost, exactly; NULL when the backend named no currency (tx.ended, 2.0.1)' AFTER total_cost;

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS cost_currency LowCardinality(String) COMMENT 'Currency of cost_amount, ISO 4217; empty when cost_amount is NULL (tx.ended, 2.0.1)' AFTER cost_amount;

-- One row a transaction, as its highest revision says. Nothing here computes the energy again.
CREATE OR REPLACE VIEW sessions
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    state LowCardinality(String) COMMENT 'active or ended',
    evse_id Int32 COMMENT 'EVSE; 0 when never known',
    connector_id Int32 COMMENT 'Connector of the EVSE; 0 when never known',
    id_token String COMMENT 'Token that it is billed to: the first presented, or as corrected; empty when none was',
    started_at DateTime64(3, 'UTC') COMMENT 'Start by the charger''s clock; the first event seen when the start was not',
    ended_at Nullable(DateTime64(3, 'UTC')) COMMENT 'End by the charger''s clock; NULL while active',
    duration_seconds Int64 COMMENT 'From start to end, or to now while active',
    meter_start_wh Nullable(Float64) COMMENT 'Register at the start, Wh; NULL when unknown',
    meter_stop_wh Nullable(Float64) COMMENT 'Register at the end, Wh; while active the latest that agrees with those before',
    meter_stop_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When energy_wh was reached: the end, or the latest reading while active',
    energy_wh Nullable(Float64) COMMENT 'Energy billed, Wh; so far while active; NULL when the readings do not tell it',
    energy_reason LowCardinality(String) COMMENT 'Why an ended one has no energy_wh, a word of docs/registers.md; else empty',
    total_cost Nullable(Float64) COMMENT 'Total cost answered to the station, as a number; NULL while active or when unknown (2.0.1)',
    cost_amount Nullable(Decimal(18, 4)) COMMENT 'The same, exactly; NULL when unknown or when the backend named no currency',
    cost_currency LowCardinality(String) COMMENT 'Currency of cost_amount, ISO 4217; empty when cost_amount is NULL',
    stop_reason LowCardinality(String) COMMENT 'Why it ended; empty while active',
    end_inferred LowCardinality(String) COMMENT 'Why the gateway ended it without the charger''s word; empty when the charger did, or while active',
    unassigned_reason LowCardinality(String) COMMENT 'Why this end could not be given to a transaction: then it is no session of its own; empty for a session',
    remote_start_id Int32 COMMENT 'Remote start that caused it, 0 when none',
    reservation_id Int32 COMMENT 'Reservation that it used, 0 when none',
    station_transaction_id String COMMENT 'The id as the station made it, where it had used it before; empty when transaction_id is it (2.0.1)',
    missing_seq_nos Array(Int32) COMMENT 'Sequence numbers not seen when the end was last told (2.0.1)',
    revision UInt32 COMMENT 'Highest revision told',
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
    coalesce(t.corrected_start_at, t.start_at, t.known_start_at, t.first_at) AS started_at,
    if(t.ended, t.end.at, NULL) AS ended_at,
    greatest(toInt64(0), dateDiff('second', started_at, coalesce(ended_at, now64(3, 'UTC')))) AS duration_seconds,
    if(t.ended, t.end.start_wh, coalesce(p.progress.1, t.start_wh)) AS meter_start_wh,
    if(t.ended, t.end.stop_wh, p.progress.2) AS meter_stop_wh,
    if(t.ended, t.end.at, p.progress.3) AS meter_stop_at,
    if(t.ended, t.end.energy_wh, round(p.progress.2 - p.progress.1, 4)) AS energy_wh,
    t.end.energy_reason AS energy_reason,
    t.cost.1 AS total_cost,
    t.cost.2 AS cost_amount,
    t.cost.3 AS cost_currency,
    t.end.stop_reason AS stop_reason,
    t.end.end_inferred AS end_inferred,
    t.end.unassigned_reason AS unassigned_reason,
    t.remote_start AS remote_start_id,
    t.reservation AS reservation_id,
    t.station_transaction AS station_transaction_id,
    t.end.missing_seq_nos AS missing_seq_nos,
    t.revision AS revision,
    t.distinct_events AS events
FROM
(
    SELECT
        e.cp_id AS cp_id,
        e.transaction_id AS transaction_id,
        any(e.protocol) AS protocol,
        max(e.event_type = 'tx.ended') AS ended,
        max(e.revision) AS revision,
        argMaxIf(e.evse_id, (e.revision, e.evse_id), e.evse_id != 0) AS evse_id,
        argMaxIf(e.connector_id, (e.revision, e.connector_id), e.connector_id != 0) AS connector_id,
        argMinIf(e.id_token, (-toInt64(e.revision), e.occurred_at, e.id_token), e.id_token != '') AS id_token,
        argMaxIf(e.started_at, (e.revision, e.recorded_at), e.revision > 0 AND e.started_at IS NOT NULL) AS corrected_start_at,
        minOrNullIf(e.occurred_at, e.event_type = 'tx.started') AS start_at,
        min(e.started_at) AS known_start_at,
        min(e.occurred_at) AS first_at,
        argMaxIf(e.meter_start_wh, (e.revision, e.recorded_at), e.meter_start_wh IS NOT NULL) AS start_wh,
        argMaxIf((e.total_cost, e.cost_amount, e.cost_currency), (e.revision, e.recorded_at), e.total_cost IS NOT NULL) AS cost,
        argMaxIf(e.remote_start_id, (e.revision, e.remote_start_id), e.remote_start_id != 0) AS remote_start,
        argMaxIf(e.reservation_id, (e.revision, e.reservation_id), e.reservation_id != 0) AS reservation,
        max(e.station_transaction_id) AS station_transaction,
        argMaxIf(
            CAST(
                (e.occurred_at, e.meter_start_wh, e.meter_stop_wh, e.energy_wh, e.energy_reason, e.stop_reason, e.end_inferred, e.unassigned_reason, e.assigned_to, e.missing_seq_nos),
                'Tuple(at DateTime64(3, \'UTC\'), start_wh Nullable(Float64), stop_wh Nullable(Float64), energy_wh Nullable(Float64), energy_reason String, stop_reason String, end_inferred String, unassigned_reason String, assigned_to String, missing_seq_nos Array(Int32))'
            ),
            (e.revision, e.recorded_at, e.event_id),
            e.event_type = 'tx.ended'
        ) AS end,
        uniqExact(e.event_id) AS distinct_events
    FROM transaction_events AS e
    GROUP BY e.cp_id, e.transaction_id
) AS t
LEFT JOIN
(
    SELECT x.cp_id AS cp_id, x.transaction_id AS transaction_id, (toNullable(x.meter_start_wh), toNullable(x.meter_stop_wh), toNullable(x.meter_stop_at)) AS progress
    FROM transaction_progress AS x
) AS p USING (cp_id, transaction_id)
WHERE t.end.assigned_to = '';
