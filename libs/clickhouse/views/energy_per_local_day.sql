-- The days of a time zone, from quarters of hours: SELECT * FROM energy_per_local_day(time_zone = 'Asia/Kolkata').
CREATE OR REPLACE VIEW energy_per_local_day
(
    cp_id String COMMENT 'Charge point identity',
    day Date COMMENT 'Day of the time zone',
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
        toDate(bucket, {time_zone:String}) AS day,
        (argMaxMerge(leaves) AS end).1 - argMaxMerge(enters) AS part_wh,
        end.2 AS estimated
    FROM energy_15min
    GROUP BY bucket, cp_id, transaction_id
    HAVING abs(part_wh) > 1e-6
)
GROUP BY cp_id, day
COMMENT 'Energy delivered in transactions, by charger and day of the time zone time_zone';
