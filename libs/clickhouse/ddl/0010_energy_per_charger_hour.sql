-- Energy delivered in transactions, by charger and hour. The registers of one transaction (start, samples, stop) are
-- put in order and each rise is spread evenly over the time since the reading before. Only a reading above all
-- earlier ones counts as a rise, so neither a stray zero nor a reading that is there twice adds anything.
CREATE OR REPLACE VIEW energy_per_charger_hour
(
    cp_id String COMMENT 'Charge point identity',
    hour DateTime('UTC') COMMENT 'Start of the hour',
    energy_wh Float64 COMMENT 'Energy delivered in this hour, Wh',
    transactions UInt64 COMMENT 'Transactions that drew energy in this hour'
)
AS
SELECT
    cp_id,
    toDateTime(arrayJoin(range(toUInt32(toStartOfHour(from_at)), toUInt32(to_at) + 1, 3600)), 'UTC') AS hour,
    sum(
        if(
            to_ms = from_ms,
            delta_wh,
            delta_wh * greatest(0, least(to_ms, (toInt64(hour) + 3600) * 1000) - greatest(from_ms, toInt64(hour) * 1000)) / (to_ms - from_ms)
        )
    ) AS energy_wh,
    uniqExact(transaction_id) AS transactions
FROM
(
    SELECT
        cp_id,
        transaction_id,
        at AS to_at,
        -- A pause of more than a week is a wrong clock: the difference goes to the hour of the later reading.
        if(previous_at < at - INTERVAL 7 DAY, at, previous_at) AS from_at,
        toUnixTimestamp64Milli(to_at) AS to_ms,
        toUnixTimestamp64Milli(from_at) AS from_ms,
        register_wh - previous_wh AS delta_wh
    FROM
    (
        SELECT
            cp_id,
            transaction_id,
            at,
            register_wh,
            max(toNullable(register_wh)) OVER (readings ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS previous_wh,
            lagInFrame(at, 1, at) OVER (readings ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS previous_at
        FROM
        (
            SELECT s.cp_id AS cp_id, s.transaction_id AS transaction_id, s.sampled_at AS at, assumeNotNull(s.value) AS register_wh
            FROM meter_samples AS s
            WHERE s.transaction_id != ''
              AND s.measurand = 'Energy.Active.Import.Register'
              AND s.phase = ''
              AND s.location IN ('', 'Outlet')
              AND s.value IS NOT NULL
            UNION ALL
            SELECT e.cp_id, e.transaction_id, e.occurred_at, assumeNotNull(e.meter_start_wh)
            FROM transaction_events AS e
            WHERE e.event_type = 'tx.started' AND e.meter_start_wh IS NOT NULL
            UNION ALL
            SELECT e.cp_id, e.transaction_id, e.occurred_at, assumeNotNull(e.meter_stop_wh)
            FROM transaction_events AS e
            WHERE e.event_type = 'tx.ended' AND e.meter_stop_wh IS NOT NULL
        )
        WINDOW readings AS (PARTITION BY cp_id, transaction_id ORDER BY at, register_wh)
    )
    WHERE delta_wh > 0
)
GROUP BY cp_id, hour
HAVING energy_wh > 0;
