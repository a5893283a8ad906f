-- One row a session, as its highest revision says it: what the gateway billed, and so far while it runs. Nothing is computed here. Whoever
-- asks for a time filters by first_heard_at as well: it is what sessions are filed by.
CREATE OR REPLACE VIEW sessions
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    first_heard_at DateTime64(3, 'UTC') COMMENT 'When the gateway received its first message; sessions are filed by it',
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    state LowCardinality(String) COMMENT 'active or ended',
    evse_id Nullable(Int32) COMMENT 'EVSE; NULL when never known',
    connector_id Nullable(Int32) COMMENT 'Connector of the EVSE; NULL when never known',
    id_token String COMMENT 'Token that it is billed to: the first presented, or as corrected; empty when none was',
    started_at DateTime64(3, 'UTC') COMMENT 'Start by the charger''s clock; the first event seen when the start was not',
    ended_at Nullable(DateTime64(3, 'UTC')) COMMENT 'End by the charger''s clock; NULL while active',
    duration_seconds Int64 COMMENT 'From start to end, or to now while active',
    meter_start_wh Nullable(Float64) COMMENT 'Register at the start, Wh; NULL when unknown',
    meter_stop_wh Nullable(Float64) COMMENT 'Register at the end, Wh; while active the latest that is billed',
    meter_stop_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When energy_wh was reached: the end, or the latest reading while active',
    energy_wh Nullable(Float64) COMMENT 'Energy billed, Wh; so far while active; NULL when it is unknown',
    energy_reason LowCardinality(String) COMMENT 'Why an ended one has no energy_wh (docs/registers.md); else empty',
    total_cost Nullable(Float64) COMMENT 'Total cost answered to the station, as a number; NULL while active or when unknown (2.0.1)',
    cost_amount Nullable(Decimal(18, 4)) COMMENT 'The same, exactly; NULL when unknown or when the backend named no currency',
    cost_currency LowCardinality(String) COMMENT 'Currency of cost_amount, ISO 4217; empty when cost_amount is NULL',
    stop_reason LowCardinality(String) COMMENT 'Why it ended; empty while active',
    end_inferred LowCardinality(String) COMMENT 'Why the gateway ended it although the charger did not; empty when the charger did, or while active',
    unassigned_reason LowCardinality(String) COMMENT 'Why this end could not be given to a transaction: then it is no session of its own; empty for a session',
    remote_start_id Nullable(Int32) COMMENT 'Remote start that caused it, NULL when none',
    reservation_id Nullable(Int32) COMMENT 'Reservation that it used, NULL when none',
    station_transaction_id String COMMENT 'The id as the station made it, where it had used it before; empty when transaction_id is it (2.0.1)',
    missing_seq_nos Array(Int32) COMMENT 'Sequence numbers not seen when the end was last published (2.0.1)',
    quality Array(String) COMMENT 'What may be wrong with it: register_reset, reading_implausible, clock_skew ... (docs/registers.md)',
    clock_skew_seconds Nullable(Int32) COMMENT 'With clock_skew: by how many seconds each message came later than its own time says, at least; else NULL',
    revision UInt32 COMMENT 'Highest revision published',
    events UInt64 COMMENT 'Distinct transaction events recorded; approximate from some hundreds on'
)
AS
SELECT
    cp_id,
    transaction_id,
    first_heard_at,
    s.kind AS protocol,
    if(s.end.1, 'ended', 'active') AS state,
    s.facts.1 AS evse_id,
    s.facts.2 AS connector_id,
    s.token.4 AS id_token,
    coalesce(s.facts.3, s.earliest) AS started_at,
    if(s.end.1, s.end.2, NULL) AS ended_at,
    greatest(toInt64(0), dateDiff('second', started_at, coalesce(ended_at, now64(3, 'UTC')))) AS duration_seconds,
    if(s.end.1, s.end.3, s.facts.4) AS meter_start_wh,
    if(s.end.1, s.end.4, round(s.facts.4 + s.progress.1, 4)) AS meter_stop_wh,
    if(s.end.1, s.end.2, s.progress.2) AS meter_stop_at,
    if(s.end.1, s.end.5, s.progress.1) AS energy_wh,
    if(s.end.1, s.end.6, '') AS energy_reason,
    s.cost.1 AS total_cost,
    s.cost.2 AS cost_amount,
    s.cost.3 AS cost_currency,
    if(s.end.1, s.end.7, '') AS stop_reason,
    if(s.end.1, s.end.8, '') AS end_inferred,
    if(s.end.1, s.end.9, '') AS unassigned_reason,
    s.facts.5 AS remote_start_id,
    s.facts.6 AS reservation_id,
    s.facts.7 AS station_transaction_id,
    if(s.end.1, s.end.11, []) AS missing_seq_nos,
    s.quality.1 AS quality,
    s.quality.2 AS clock_skew_seconds,
    s.latest AS revision,
    s.distinct_events AS events
FROM
(
    SELECT
        cp_id,
        transaction_id,
        first_heard_at,
        max(protocol) AS kind,
        min(first_at) AS earliest,
        max(revision) AS latest,
        argMaxMerge(x.facts) AS facts,
        max(x.latest_id_token) AS token,
        argMaxMerge(x.end) AS end,
        argMaxMerge(x.cost) AS cost,
        argMaxMerge(x.progress) AS progress,
        argMaxMerge(x.quality) AS quality,
        uniqCombinedMerge(12)(x.events) AS distinct_events
    FROM session_states AS x
    GROUP BY cp_id, transaction_id, first_heard_at
) AS s
WHERE s.end.10 = '' AND s.distinct_events > 0
COMMENT 'Sessions, one row each';
