-- Interval energy, as meters report it to a utility: of each session and quarter of an hour what was delivered in it. The quarters of a
-- session add up to its energy.
CREATE OR REPLACE VIEW interval_energy
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Nullable(Int32) COMMENT 'EVSE; NULL when not known',
    transaction_id String COMMENT 'Transaction, unique per charger',
    begins_at DateTime('UTC') COMMENT 'Begin of the quarter of an hour',
    energy_wh Float64 COMMENT 'Energy delivered in it, Wh',
    mean_power_w Float64 COMMENT 'Mean power over the whole quarter, W',
    estimated Bool COMMENT 'It is spread evenly, because nothing says when it was drawn'
)
AS
SELECT
    cp_id,
    max(evse_id) AS evse_id,
    transaction_id,
    bucket AS begins_at,
    (argMaxMerge(leaves) AS end).1 - argMaxMerge(enters) AS energy_wh,
    energy_wh * 4 AS mean_power_w,
    CAST(end.2, 'Bool') AS estimated
FROM energy_15min
GROUP BY bucket, cp_id, transaction_id
HAVING abs(energy_wh) > 1e-6
COMMENT 'Energy of each session by quarter of an hour';
