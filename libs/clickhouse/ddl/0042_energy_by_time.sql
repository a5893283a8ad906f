-- Energy by time, of each bucket and transaction, kept up to date by every insert into energy_intervals. A bucket keeps the energy with
-- which the curve enters and leaves it, by the interval with the highest number: it is the one that holds there. So nothing changes
-- when an interval is inserted twice, late or in another order, and the buckets of a transaction add up to what it is billed.
CREATE TABLE IF NOT EXISTS energy_15min
(
    bucket DateTime('UTC') COMMENT 'Begin of the quarter of an hour, UTC' CODEC(Delta, ZSTD(1)),
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    transaction_id String COMMENT 'Transaction, unique per charger' CODEC(ZSTD(1)),
    evse_id SimpleAggregateFunction(max, Nullable(Int32)) COMMENT 'EVSE; NULL when not known',
    enters AggregateFunction(argMax, Float64, Tuple(UInt8, UInt32, UInt32)) COMMENT 'Energy at the begin of the bucket, Wh since the start of the transaction; 0 where it starts in it',
    leaves AggregateFunction(argMax, Tuple(Float64, UInt8), Tuple(UInt32, UInt32)) COMMENT 'Energy at the end of the bucket, and 1 where it is estimated',
    PROJECTION by_charger (SELECT * ORDER BY cp_id, bucket, transaction_id)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (bucket, cp_id, transaction_id)
TTL bucket + INTERVAL 10 YEAR
SETTINGS index_granularity = 1024, deduplicate_merge_projection_mode = 'rebuild', ttl_only_drop_parts = 1
COMMENT 'Energy of each transaction by quarter of an hour, fed from energy_intervals';

CREATE MATERIALIZED VIEW IF NOT EXISTS energy_15min_feed TO energy_15min AS
SELECT
    toDateTime(bucket_s, 'UTC') AS bucket,
    cp_id,
    transaction_id,
    max(evse) AS evse_id,
    argMaxState(if(entered, begin_wh, 0), (toUInt8(entered), if(entered, number, 0), if(entered, revision, 0))) AS enters,
    argMaxState((end_wh, estimated), (number, revision)) AS leaves
FROM
(
    SELECT
        cp_id,
        transaction_id,
        number,
        revision,
        evse,
        estimated,
        bucket_s,
        toInt64(bucket_s) * 1000 AS begin_ms,
        begin_ms + 900000 AS end_ms,
        from_ms < begin_ms AS entered,
        if(is_jump, from_wh, from_wh + (to_wh - from_wh) * (begin_ms - from_ms) / (to_ms - from_ms)) AS begin_wh,
        if(end_ms >= to_ms, to_wh, from_wh + (to_wh - from_wh) * (end_ms - from_ms) / (to_ms - from_ms)) AS end_wh
    FROM
    (
        SELECT
            cp_id,
            transaction_id,
            number,
            revision,
            evse_id AS evse,
            toUInt8(has(quality, 'estimated')) AS estimated,
            has(quality, 'clock_jump') AS is_jump,
            from_wh,
            to_wh,
            toUnixTimestamp64Milli(from_at) AS from_ms,
            toUnixTimestamp64Milli(to_at) AS to_ms
        FROM energy_intervals
        WHERE to_at >= from_at
    )
    -- Of a jump all counts at its end.
    ARRAY JOIN range(toUInt32(intDiv(if(is_jump, to_ms, from_ms), 900000) * 900), toUInt32(intDiv(to_ms, 900000) * 900) + 1, 900) AS bucket_s
)
GROUP BY bucket, cp_id, transaction_id;

CREATE TABLE IF NOT EXISTS energy_hour
(
    bucket DateTime('UTC') COMMENT 'Begin of the hour, UTC' CODEC(Delta, ZSTD(1)),
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    transaction_id String COMMENT 'Transaction, unique per charger' CODEC(ZSTD(1)),
    evse_id SimpleAggregateFunction(max, Nullable(Int32)) COMMENT 'EVSE; NULL when not known',
    enters AggregateFunction(argMax, Float64, Tuple(UInt8, UInt32, UInt32)) COMMENT 'Energy at the begin of the bucket, Wh since the start of the transaction; 0 where it starts in it',
    leaves AggregateFunction(argMax, Tuple(Float64, UInt8), Tuple(UInt32, UInt32)) COMMENT 'Energy at the end of the bucket, and 1 where it is estimated',
    PROJECTION by_charger (SELECT * ORDER BY cp_id, bucket, transaction_id)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (bucket, cp_id, transaction_id)
TTL bucket + INTERVAL 10 YEAR
SETTINGS index_granularity = 1024, deduplicate_merge_projection_mode = 'rebuild', ttl_only_drop_parts = 1
COMMENT 'Energy of each transaction by hour, fed from energy_intervals';

CREATE MATERIALIZED VIEW IF NOT EXISTS energy_hour_feed TO energy_hour AS
SELECT
    toDateTime(bucket_s, 'UTC') AS bucket,
    cp_id,
    transaction_id,
    max(evse) AS evse_id,
    argMaxState(if(entered, begin_wh, 0), (toUInt8(entered), if(entered, number, 0), if(entered, revision, 0))) AS enters,
    argMaxState((end_wh, estimated), (number, revision)) AS leaves
FROM
(
    SELECT
        cp_id,
        transaction_id,
        number,
        revision,
        evse,
        estimated,
        bucket_s,
        toInt64(bucket_s) * 1000 AS begin_ms,
        begin_ms + 3600000 AS end_ms,
        from_ms < begin_ms AS entered,
        if(is_jump, from_wh, from_wh + (to_wh - from_wh) * (begin_ms - from_ms) / (to_ms - from_ms)) AS begin_wh,
        if(end_ms >= to_ms, to_wh, from_wh + (to_wh - from_wh) * (end_ms - from_ms) / (to_ms - from_ms)) AS end_wh
    FROM
    (
        SELECT
            cp_id,
            transaction_id,
            number,
            revision,
            evse_id AS evse,
            toUInt8(has(quality, 'estimated')) AS estimated,
            has(quality, 'clock_jump') AS is_jump,
            from_wh,
            to_wh,
            toUnixTimestamp64Milli(from_at) AS from_ms,
            toUnixTimestamp64Milli(to_at) AS to_ms
        FROM energy_intervals
        WHERE to_at >= from_at
    )
    -- Of a jump all counts at its end.
    ARRAY JOIN range(toUInt32(intDiv(if(is_jump, to_ms, from_ms), 3600000) * 3600), toUInt32(intDiv(to_ms, 3600000) * 3600) + 1, 3600) AS bucket_s
)
GROUP BY bucket, cp_id, transaction_id;

CREATE TABLE IF NOT EXISTS energy_day
(
    bucket DateTime('UTC') COMMENT 'Begin of the day, UTC' CODEC(Delta, ZSTD(1)),
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    transaction_id String COMMENT 'Transaction, unique per charger' CODEC(ZSTD(1)),
    evse_id SimpleAggregateFunction(max, Nullable(Int32)) COMMENT 'EVSE; NULL when not known',
    enters AggregateFunction(argMax, Float64, Tuple(UInt8, UInt32, UInt32)) COMMENT 'Energy at the begin of the bucket, Wh since the start of the transaction; 0 where it starts in it',
    leaves AggregateFunction(argMax, Tuple(Float64, UInt8), Tuple(UInt32, UInt32)) COMMENT 'Energy at the end of the bucket, and 1 where it is estimated',
    PROJECTION by_charger (SELECT * ORDER BY cp_id, bucket, transaction_id)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (bucket, cp_id, transaction_id)
TTL bucket + INTERVAL 10 YEAR
SETTINGS index_granularity = 1024, deduplicate_merge_projection_mode = 'rebuild', ttl_only_drop_parts = 1
COMMENT 'Energy of each transaction by day, fed from energy_intervals';

CREATE MATERIALIZED VIEW IF NOT EXISTS energy_day_feed TO energy_day AS
SELECT
    toDateTime(bucket_s, 'UTC') AS bucket,
    cp_id,
    transaction_id,
    max(evse) AS evse_id,
    argMaxState(if(entered, begin_wh, 0), (toUInt8(entered), if(entered, number, 0), if(entered, revision, 0))) AS enters,
    argMaxState((end_wh, estimated), (number, revision)) AS leaves
FROM
(
    SELECT
        cp_id,
        transaction_id,
        number,
        revision,
        evse,
        estimated,
        bucket_s,
        toInt64(bucket_s) * 1000 AS begin_ms,
        begin_ms + 86400000 AS end_ms,
        from_ms < begin_ms AS entered,
        if(is_jump, from_wh, from_wh + (to_wh - from_wh) * (begin_ms - from_ms) / (to_ms - from_ms)) AS begin_wh,
        if(end_ms >= to_ms, to_wh, from_wh + (to_wh - from_wh) * (end_ms - from_ms) / (to_ms - from_ms)) AS end_wh
    FROM
    (
        SELECT
            cp_id,
            transaction_id,
            number,
            revision,
            evse_id AS evse,
            toUInt8(has(quality, 'estimated')) AS estimated,
            has(quality, 'clock_jump') AS is_jump,
            from_wh,
            to_wh,
            toUnixTimestamp64Milli(from_at) AS from_ms,
            toUnixTimestamp64Milli(to_at) AS to_ms
        FROM energy_intervals
        WHERE to_at >= from_at
    )
    -- Of a jump all counts at its end.
    ARRAY JOIN range(toUInt32(intDiv(if(is_jump, to_ms, from_ms), 86400000) * 86400), toUInt32(intDiv(to_ms, 86400000) * 86400) + 1, 86400) AS bucket_s
)
GROUP BY bucket, cp_id, transaction_id;
