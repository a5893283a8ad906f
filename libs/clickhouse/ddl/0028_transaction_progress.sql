-- The readings by which the energy of a running transaction is told, kept up to date by every insert. What bounds them
-- (the first one, the latest eight) does not change when an event is inserted twice, and a stray reading passes.
DROP VIEW IF EXISTS transaction_registers_feed;

DROP TABLE IF EXISTS transaction_registers;

CREATE TABLE IF NOT EXISTS transaction_readings
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    preference UInt8 COMMENT 'Where the register is, in the order of preference: 0 Outlet, 1 Cable, 2 EV, 3 Inlet, 4 Body',
    phase LowCardinality(String) COMMENT 'L1, L2 or L3; empty for the total',
    first_reading AggregateFunction(argMin, Tuple(Int64, Float64), Tuple(UInt8, UInt8, Int64, Float64)) COMMENT 'The reading at the start, (milliseconds since 1970, Wh): meterStart of 1.6, Transaction.Begin or the earliest',
    latest_readings AggregateFunction(groupArraySorted(8), Tuple(Int64, Float64)) COMMENT 'The latest, (minus milliseconds since 1970, Wh)',
    last_recorded_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'When the gateway recorded the latest'
)
ENGINE = AggregatingMergeTree
ORDER BY (cp_id, transaction_id, preference, phase)
TTL toDateTime(last_recorded_at) + INTERVAL 25 MONTH
COMMENT 'Energy registers of each transaction, fed from meter_samples and transaction_events';

CREATE MATERIALIZED VIEW IF NOT EXISTS transaction_samples_feed TO transaction_readings AS
SELECT
    cp_id,
    transaction_id,
    toUInt8(transform(lower(location), ['', 'outlet', 'cable', 'ev', 'inlet', 'body'], [0, 0, 1, 2, 3, 4], 5)) AS preference,
    replaceOne(upper(phase), '-N', '') AS phase,
    argMinState((toUnixTimestamp64Milli(sampled_at), assumeNotNull(value)), (toUInt8(if(context = 'Transaction.Begin', 1, 2)), toUInt8(unit_assumed), toUnixTimestamp64Milli(sampled_at), assumeNotNull(value))) AS first_reading,
    groupArraySortedState(8)((-toUnixTimestamp64Milli(sampled_at), assumeNotNull(value))) AS latest_readings,
    max(recorded_at) AS last_recorded_at
FROM meter_samples
WHERE transaction_id != ''
  AND measurand = 'Energy.Active.Import.Register'
  AND unit = 'Wh'
  AND value >= 0
  AND NOT (signed AND unit_assumed)
  AND preference < 5
  AND replaceOne(upper(meter_samples.phase), '-N', '') IN ('', 'L1', 'L2', 'L3')
GROUP BY cp_id, transaction_id, preference, phase;

-- meterStart of 1.6 is in no sample.
CREATE MATERIALIZED VIEW IF NOT EXISTS transaction_starts_feed TO transaction_readings AS
SELECT
    cp_id,
    transaction_id,
    toUInt8(0) AS preference,
    '' AS phase,
    argMinState((toUnixTimestamp64Milli(occurred_at), assumeNotNull(meter_start_wh)), (toUInt8(0), toUInt8(0), toUnixTimestamp64Milli(occurred_at), assumeNotNull(meter_start_wh))) AS first_reading,
    groupArraySortedState(8)((-toUnixTimestamp64Milli(occurred_at), assumeNotNull(meter_start_wh))) AS latest_readings,
    max(recorded_at) AS last_recorded_at
FROM transaction_events
WHERE event_type = 'tx.started' AND protocol = 'ocpp1.6' AND meter_start_wh IS NOT NULL
GROUP BY cp_id, transaction_id;

-- Energy of each transaction so far, by the order of preference of docs/registers.md: the first register that has risen by
-- likely steps (at most 1 MW, and 100 kWh for clocks that are wrong). One that contradicts itself tells nothing, and no other is
-- tried. Energy told by interval alone is known at the end only.
CREATE OR REPLACE VIEW transaction_progress
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    meter_start_wh Float64 COMMENT 'Register at the start, Wh',
    meter_stop_wh Float64 COMMENT 'The latest that agrees with those before, Wh',
    meter_stop_at DateTime64(3, 'UTC') COMMENT 'When it stood there, by the charger''s clock'
)
AS
SELECT
    cp_id,
    transaction_id,
    round(chosen.2, 4) AS meter_start_wh,
    round(chosen.3, 4) AS meter_stop_wh,
    fromUnixTimestamp64Milli(chosen.4, 'UTC') AS meter_stop_at
FROM
(
    SELECT cp_id, transaction_id, argMin((rises, start_wh, stop_wh, stop_ms), (preference, by_phase)) AS chosen
    FROM
    (
        SELECT
            cp_id,
            transaction_id,
            preference,
            phase != '' AS by_phase,
            min(length(ends) = 1 AND against < 2) AS rises,
            sum(start.2) AS start_wh,
            sum(ends[1].2) AS stop_wh,
            max(ends[1].1) AS stop_ms
        FROM
        (
            SELECT
                cp_id,
                transaction_id,
                preference,
                phase,
                argMinMerge(first_reading) AS start,
                arrayMap(r -> (-r.1, r.2), arrayReverse(arrayDistinct(groupArraySortedMerge(8)(latest_readings)))) AS latest,
                arraySort(arrayFilter(r -> r > start, latest)) AS later,
                -- Each with the length of the longest run of readings, each a likely step, that leads to it from the start; 0: none does.
                arrayFold(
                    (runs, r) -> arrayPushBack(runs, (r.1, r.2, toUInt8(arrayMax(run -> if(run.3 > 0 AND r.2 >= run.2 AND r.2 - run.2 <= 100000 + (r.1 - run.1) / 3.6, run.3 + 1, 0), runs)))),
                    later,
                    [(start.1, start.2, toUInt8(1))]
                ) AS runs,
                arrayMax(run -> run.3, runs) AS longest,
                arrayFilter(run -> run.3 = longest AND longest > 1, runs) AS ends,
                arrayCount(run -> run.3 = 0 AND run.1 > ends[1].1, runs) AS against
            FROM transaction_readings
            GROUP BY cp_id, transaction_id, preference, phase
        )
        GROUP BY cp_id, transaction_id, preference, by_phase
        HAVING min(length(later)) > 0
    )
    GROUP BY cp_id, transaction_id
)
WHERE chosen.1;
