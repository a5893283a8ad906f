-- Lowest and highest energy register seen in each transaction, kept up to date by every insert into meter_samples, so
-- that sessions shows the energy of a running transaction without reading its samples. Minimum and maximum do not
-- change when an event is inserted twice.
CREATE TABLE IF NOT EXISTS transaction_registers
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    first_register_wh SimpleAggregateFunction(min, Float64) COMMENT 'Lowest Energy.Active.Import.Register sampled, Wh',
    last_register_wh SimpleAggregateFunction(max, Float64) COMMENT 'Highest Energy.Active.Import.Register sampled, Wh',
    last_sampled_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'Time of the latest such sample',
    last_recorded_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'When the gateway recorded the latest such sample'
)
ENGINE = AggregatingMergeTree
ORDER BY (cp_id, transaction_id)
TTL toDateTime(last_recorded_at) + INTERVAL 25 MONTH
COMMENT 'Energy register range of each transaction, fed from meter_samples';

CREATE MATERIALIZED VIEW IF NOT EXISTS transaction_registers_feed TO transaction_registers AS
SELECT
    cp_id,
    transaction_id,
    min(assumeNotNull(value)) AS first_register_wh,
    max(assumeNotNull(value)) AS last_register_wh,
    max(sampled_at) AS last_sampled_at,
    max(recorded_at) AS last_recorded_at
FROM meter_samples
WHERE transaction_id != ''
  AND measurand = 'Energy.Active.Import.Register'
  AND phase = ''
  AND location IN ('', 'Outlet')
  AND value IS NOT NULL
GROUP BY cp_id, transaction_id;
