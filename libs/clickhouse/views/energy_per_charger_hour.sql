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
HAVING energy_wh > 0
COMMENT 'Energy delivered in transactions, by charger and hour';
