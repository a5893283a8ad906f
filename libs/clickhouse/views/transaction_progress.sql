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
WHERE chosen.1
COMMENT 'Energy of each transaction so far, by the register preferred by docs/registers.md';
