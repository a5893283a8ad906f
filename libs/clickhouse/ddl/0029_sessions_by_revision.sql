-- One row a transaction, as its highest revision tells it. The energy of an ended one is what the gateway billed, and why there is
-- none; nothing here reckons it again. Every aggregate gives the same answer when an event is there twice, so no FINAL is needed.
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
    total_cost Nullable(Float64) COMMENT 'Total cost answered to the station, in its currency; NULL while active or when unknown (2.0.1)',
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
    t.cost AS total_cost,
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
        argMaxIf(e.total_cost, (e.revision, e.recorded_at), e.total_cost IS NOT NULL) AS cost,
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

-- Energy delivered in transactions, by charger and hour: the energy of each session, spread over the time it was delivered in by its own
-- readings between its start and its end. Only a reading above all earlier ones counts as a rise, and none above the end. Where there
-- are none it is spread evenly. So the hours of a session add up to its energy, whatever its readings say.
CREATE OR REPLACE VIEW energy_per_charger_hour
(
    cp_id String COMMENT 'Charge point identity',
    hour DateTime('UTC') COMMENT 'Start of the hour',
    energy_wh Float64 COMMENT 'Energy delivered in this hour, Wh',
    transactions UInt64 COMMENT 'Transactions that drew energy in this hour'
)
AS
SELECT cp_id, hour, sum(part_wh) AS energy_wh, uniqExactIf(transaction_id, part_wh > 0) AS transactions
FROM
(
    SELECT
        cp_id,
        transaction_id,
        toDateTime(arrayJoin(range(toUInt32(intDiv(from_ms, 3600000) * 3600), toUInt32(intDiv(to_ms, 1000)) + 1, 3600)), 'UTC') AS hour,
        if(
            to_ms = from_ms,
            delta_wh,
            delta_wh * greatest(0, least(to_ms, (toInt64(hour) + 3600) * 1000) - greatest(from_ms, toInt64(hour) * 1000)) / (to_ms - from_ms)
        ) AS part_wh
    FROM
    (
        SELECT
            cp_id,
            transaction_id,
            point.1 AS to_ms,
            lagInFrame(to_ms, 1, to_ms) OVER (readings ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS previous_ms,
            -- A pause of more than a week is a wrong clock: the difference goes to the hour of the later reading.
            if(to_ms - previous_ms > 7 * 24 * 3600000, to_ms, previous_ms) AS from_ms,
            point.2 - max(toNullable(point.2)) OVER (readings ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS delta_wh
        FROM
        (
            SELECT
                cp_id,
                transaction_id,
                max(session.1) AS start_ms,
                greatest(start_ms, max(session.2)) AS stop_ms,
                max(session.3) AS start_wh,
                max(session.4) AS delivered_wh,
                arrayFilter(
                    r -> r.2 BETWEEN start_ms AND stop_ms AND r.3 BETWEEN start_wh AND start_wh + delivered_wh,
                    groupUniqArrayIf(reading, reading.2 != 0)
                ) AS inside,
                arrayMin(r -> r.1, inside) AS preferred,
                arrayJoin(
                    arrayConcat(
                        [(start_ms, toFloat64(0)), (stop_ms, delivered_wh)],
                        arrayMap(r -> (r.2, r.3 - start_wh), arrayFilter(r -> r.1 = preferred, inside))
                    )
                ) AS point
            FROM
            (
                SELECT
                    s.cp_id AS cp_id,
                    s.transaction_id AS transaction_id,
                    -- A session without a register at its start was told by interval: no reading lies between its ends.
                    (
                        toUnixTimestamp64Milli(s.started_at),
                        toUnixTimestamp64Milli(assumeNotNull(s.meter_stop_at)),
                        ifNull(s.meter_start_wh, inf),
                        assumeNotNull(s.energy_wh)
                    ) AS session,
                    (toUInt8(0), toInt64(0), toFloat64(0)) AS reading
                FROM sessions AS s
                WHERE s.energy_wh > 0
                UNION ALL
                SELECT
                    x.cp_id AS cp_id,
                    x.transaction_id AS transaction_id,
                    (toInt64(0), toInt64(0), toFloat64(0), toFloat64(0)) AS session,
                    (toUInt8(transform(lower(x.location), ['', 'outlet', 'cable', 'ev', 'inlet', 'body'], [0, 0, 2, 4, 6, 8], 10)), toUnixTimestamp64Milli(x.sampled_at), assumeNotNull(x.value)) AS reading
                FROM meter_samples AS x
                WHERE x.transaction_id != ''
                  AND x.measurand = 'Energy.Active.Import.Register'
                  AND x.unit = 'Wh'
                  AND x.value >= 0
                  AND NOT (x.signed AND x.unit_assumed)
                  AND x.phase = ''
                UNION ALL
                SELECT
                    x.cp_id AS cp_id,
                    x.transaction_id AS transaction_id,
                    (toInt64(0), toInt64(0), toFloat64(0), toFloat64(0)) AS session,
                    -- A phase that is there twice counts once.
                    (preference, toUnixTimestamp64Milli(x.sampled_at), arraySum(phase -> phase.2, groupUniqArray((replaceOne(upper(x.phase), '-N', ''), assumeNotNull(x.value))))) AS reading
                FROM meter_samples AS x
                WHERE x.transaction_id != ''
                  AND x.measurand = 'Energy.Active.Import.Register'
                  AND x.unit = 'Wh'
                  AND x.value >= 0
                  AND NOT (x.signed AND x.unit_assumed)
                  AND replaceOne(upper(x.phase), '-N', '') IN ('L1', 'L2', 'L3')
                GROUP BY cp_id, transaction_id, toUInt8(transform(lower(x.location), ['', 'outlet', 'cable', 'ev', 'inlet', 'body'], [1, 1, 3, 5, 7, 9], 11)) AS preference, x.sampled_at
            )
            GROUP BY cp_id, transaction_id
            HAVING delivered_wh > 0
        )
        WINDOW readings AS (PARTITION BY cp_id, transaction_id ORDER BY point.1, point.2)
    )
    WHERE delta_wh > 0
)
GROUP BY cp_id, hour
HAVING energy_wh > 0;
