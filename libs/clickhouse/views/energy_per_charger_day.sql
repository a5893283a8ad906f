-- What the gateway billed, by the day in which it was delivered. The days of a session add up to its energy.
CREATE OR REPLACE VIEW energy_per_charger_day
(
    cp_id String COMMENT 'Charge point identity',
    day Date COMMENT 'Day, UTC; for local days see energy_per_local_day',
    energy_wh Float64 COMMENT 'Energy delivered in this day, Wh',
    estimated_wh Float64 COMMENT 'Of it, what is spread evenly because nothing says when it was drawn, Wh',
    transactions UInt64 COMMENT 'Transactions that drew energy in this day'
)
AS
SELECT
    cp_id,
    day,
    sum(part_wh) AS energy_wh,
    sumIf(part_wh, estimated) AS estimated_wh,
    uniqExactIf(transaction_id, part_wh > 1e-6) AS transactions
FROM
(
    SELECT
        cp_id,
        transaction_id,
        toDate(bucket) AS day,
        argMaxMerge(leaves) AS end,
        end.1 - argMaxMerge(enters) AS part_wh,
        end.2 AS estimated
    FROM energy_day
    GROUP BY bucket, cp_id, transaction_id
    HAVING abs(part_wh) > 1e-6
)
GROUP BY cp_id, day
COMMENT 'Energy delivered in transactions, by charger and day';
