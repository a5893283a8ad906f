-- What the gateway billed, by the hour in which it was delivered. The hours of a session add up to its energy.
CREATE OR REPLACE VIEW energy_per_charger_hour
(
    cp_id String COMMENT 'Charge point identity',
    hour DateTime('UTC') COMMENT 'Start of the hour',
    energy_wh Float64 COMMENT 'Energy delivered in this hour, Wh',
    estimated_wh Float64 COMMENT 'Of it, what is spread evenly because nothing says when it was drawn, Wh',
    transactions UInt64 COMMENT 'Transactions that drew energy in this hour'
)
AS
SELECT
    cp_id,
    hour,
    sum(part_wh) AS energy_wh,
    sumIf(part_wh, estimated) AS estimated_wh,
    uniqExactIf(transaction_id, part_wh > 1e-6) AS transactions
FROM
(
    SELECT
        cp_id,
        transaction_id,
        bucket AS hour,
        argMaxMerge(leaves) AS end,
        end.1 - argMaxMerge(enters) AS part_wh,
        end.2 AS estimated
    FROM energy_hour
    GROUP BY bucket, cp_id, transaction_id
    HAVING abs(part_wh) > 1e-6
)
GROUP BY cp_id, hour
COMMENT 'Energy delivered in transactions, by charger and hour';
