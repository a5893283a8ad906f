-- What is known of each session, by its highest revision, and its energy so far. Kept up to date by every insert into transaction_events
-- and energy_intervals, so that a session, a charger or a day reads few rows. Nothing changes when an event is inserted twice or late.
CREATE TABLE IF NOT EXISTS session_states
(
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    transaction_id String COMMENT 'Transaction, unique per charger' CODEC(ZSTD(1)),
    first_heard_at DateTime64(3, 'UTC') COMMENT 'When the gateway received the first message of the transaction; it never changes' CODEC(Delta, ZSTD(1)),
    protocol SimpleAggregateFunction(max, LowCardinality(String)) COMMENT 'ocpp1.6 or ocpp2.0.1',
    first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')) COMMENT 'Earliest time in an event, by the charger''s clock',
    revision SimpleAggregateFunction(max, UInt32) COMMENT 'Highest revision',
    facts AggregateFunction(argMax, Tuple(Nullable(Int32), Nullable(Int32), Nullable(DateTime64(3, 'UTC')), Nullable(Float64), Nullable(Int32), Nullable(Int32), String), Tuple(UInt32, DateTime64(3, 'UTC'), UUID)) COMMENT 'EVSE, connector, start, register at the start, remote start, reservation, id of the station; by revision',
    latest_id_token SimpleAggregateFunction(max, Tuple(UInt32, DateTime64(3, 'UTC'), UUID, String)) COMMENT 'The token that it is billed to, after the revision, time and id of the event that says so; no state, so that it can be erased',
    end AggregateFunction(argMax, Tuple(UInt8, DateTime64(3, 'UTC'), Nullable(Float64), Nullable(Float64), Nullable(Float64), String, String, String, String, String, Array(Int32)), Tuple(UInt32, UInt8, DateTime64(3, 'UTC'), UUID)) COMMENT '1 when it has ended, end, register at the start, register at the end, energy, energy_reason, stop_reason, end_inferred, unassigned_reason, assigned_to, missing_seq_nos; by revision',
    cost AggregateFunction(argMax, Tuple(Nullable(Float64), Nullable(Decimal(18, 4)), String), Tuple(UInt8, UInt32, DateTime64(3, 'UTC'))) COMMENT 'Total cost, the same exactly, its currency; by revision',
    progress AggregateFunction(argMax, Tuple(Nullable(Float64), Nullable(DateTime64(3, 'UTC'))), UInt32) COMMENT 'Energy so far and when it was reached, by number of the interval',
    quality AggregateFunction(argMax, Tuple(Array(String), Nullable(Int32)), Tuple(UInt32, DateTime64(3, 'UTC'), UUID)) COMMENT 'Flags and clock_skew_seconds, by revision',
    events AggregateFunction(uniqCombined(12), UUID) COMMENT 'Distinct events',
    INDEX by_transaction transaction_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY toMonday(first_heard_at)
ORDER BY (cp_id, transaction_id, first_heard_at)
TTL toDateTime(first_heard_at) + INTERVAL 10 YEAR
SETTINGS index_granularity = 256, ttl_only_drop_parts = 1
COMMENT 'State of each session, fed from transaction_events and energy_intervals; the view sessions shows it';

CREATE MATERIALIZED VIEW IF NOT EXISTS session_facts_feed TO session_states AS
SELECT
    cp_id,
    transaction_id,
    heard_at AS first_heard_at,
    max(sent_protocol) AS protocol,
    min(occurred_at) AS first_at,
    max(sent_revision) AS revision,
    argMaxState(
        (evse_id, connector_id, if(event_type = 'tx.started', occurred_at, started_at), meter_start_wh, remote_start_id, reservation_id, station_transaction_id),
        (sent_revision, recorded_at, event_id)
    ) AS facts,
    max((sent_revision, recorded_at, event_id, id_token)) AS latest_id_token,
    argMaxState(
        (toUInt8(ended), occurred_at, meter_start_wh, meter_stop_wh, energy_wh, toString(energy_reason), toString(stop_reason), toString(end_inferred), toString(unassigned_reason), assigned_to, missing_seq_nos),
        -- An update after the end has the revision of the end, unless the end was found to be another's.
        (sent_revision, toUInt8(ended), recorded_at, event_id)
    ) AS end,
    argMaxState((total_cost, cost_amount, toString(cost_currency)), (toUInt8(total_cost IS NOT NULL), sent_revision, recorded_at)) AS cost,
    argMaxState((arrayMap(q -> toString(q), flags), clock_skew_seconds), (sent_revision, recorded_at, event_id)) AS quality,
    uniqCombinedState(12)(event_id) AS events
FROM
(
    SELECT
        * EXCEPT (protocol, revision, first_heard_at, quality),
        quality AS flags,
        protocol AS sent_protocol,
        revision AS sent_revision,
        event_type = 'tx.ended' AS ended,
        assumeNotNull(first_heard_at) AS heard_at
    FROM transaction_events
    WHERE first_heard_at IS NOT NULL
)
GROUP BY cp_id, transaction_id, heard_at;

CREATE MATERIALIZED VIEW IF NOT EXISTS session_progress_feed TO session_states AS
SELECT
    cp_id,
    transaction_id,
    heard_at AS first_heard_at,
    max(sent_protocol) AS protocol,
    -- Only events of the transaction itself say when it began.
    toDateTime64('2299-12-31 00:00:00', 3, 'UTC') AS first_at,
    argMaxState((billed_wh, reached_at), number) AS progress
FROM
(
    SELECT cp_id, transaction_id, assumeNotNull(first_heard_at) AS heard_at, protocol AS sent_protocol, billed_wh, reached_at, number
    FROM energy_intervals
    WHERE number > 0
)
GROUP BY cp_id, transaction_id, heard_at;
