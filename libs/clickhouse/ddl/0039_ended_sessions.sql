-- Ended sessions, one row each, so that a question about a day reads a week of them. The event of an end holds all that is
-- known of the session. A correction has a higher revision: it replaces the row of the same end, and where it names another
-- end, a row that says so takes away the one of the end before. The end is part of the key, so that no condition on it can
-- hide a correction.
CREATE TABLE IF NOT EXISTS ended_sessions
(
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    transaction_id String COMMENT 'Transaction, unique per charger' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    evse_id Nullable(Int32) COMMENT 'EVSE; NULL when never known',
    connector_id Nullable(Int32) COMMENT 'Connector of the EVSE; NULL when never known',
    id_token String COMMENT 'Token that it is billed to; empty when none was presented',
    started_at Nullable(DateTime64(3, 'UTC')) COMMENT 'Start by the charger''s clock; NULL when it was never told' CODEC(Delta, ZSTD(1)),
    ended_at DateTime64(3, 'UTC') COMMENT 'End by the charger''s clock' CODEC(Delta, ZSTD(1)),
    meter_start_wh Nullable(Float64) COMMENT 'Register at the start, Wh; NULL when unknown',
    meter_stop_wh Nullable(Float64) COMMENT 'Register at the end, Wh; NULL when unknown',
    energy_wh Nullable(Float64) COMMENT 'Energy billed, Wh; NULL when the readings do not tell it',
    energy_reason LowCardinality(String) COMMENT 'Why there is no energy_wh, a word of docs/registers.md; else empty',
    total_cost Nullable(Float64) COMMENT 'Total cost answered to the station, as a number; NULL when unknown (2.0.1)',
    cost_amount Nullable(Decimal(18, 4)) COMMENT 'The same, exactly; NULL when unknown or when the backend named no currency',
    cost_currency LowCardinality(String) COMMENT 'Currency of cost_amount, ISO 4217; empty when cost_amount is NULL',
    stop_reason String COMMENT 'Reason as the charger said it; Local when it said none',
    end_inferred LowCardinality(String) COMMENT 'Why the gateway ended it without the charger''s word; empty when the charger did',
    unassigned_reason LowCardinality(String) COMMENT 'Why this end could not be given to a transaction: then it is no session of its own; empty for a session',
    remote_start_id Nullable(Int32) COMMENT 'Remote start that caused it, NULL when none',
    reservation_id Nullable(Int32) COMMENT 'Reservation that it used, NULL when none',
    station_transaction_id String COMMENT 'The id as the station made it, where it had used it before; empty when transaction_id is it (2.0.1)',
    missing_seq_nos Array(Int32) COMMENT 'Sequence numbers not seen when the end was told (2.0.1)',
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the end' CODEC(Delta, ZSTD(1)),
    revision UInt32 COMMENT 'Revision that told it; the highest counts',
    taken_away UInt8 COMMENT '1: the session does not end here any more; such a row is not shown with FINAL',
    INDEX by_transaction transaction_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(revision, taken_away)
PARTITION BY toMonday(greatest(ended_at, toDateTime64('2015-01-01 00:00:00', 3, 'UTC')))
ORDER BY (cp_id, ended_at, transaction_id)
TTL toDateTime(recorded_at) + INTERVAL 120 MONTH
SETTINGS index_granularity = 128, ttl_only_drop_parts = 1
COMMENT 'Ended sessions, fed from transaction_events; read it with FINAL';

-- The first row of an event says where the session ends, the second takes away the end of before.
CREATE MATERIALIZED VIEW IF NOT EXISTS ended_sessions_feed TO ended_sessions AS
SELECT
    cp_id,
    transaction_id,
    protocol,
    evse_id,
    connector_id,
    id_token,
    started_at,
    told.1 AS ended_at,
    meter_start_wh,
    meter_stop_wh,
    energy_wh,
    energy_reason,
    total_cost,
    cost_amount,
    cost_currency,
    stop_reason,
    end_inferred,
    unassigned_reason,
    remote_start_id,
    reservation_id,
    station_transaction_id,
    missing_seq_nos,
    recorded_at,
    revision,
    told.2 AS taken_away
FROM
(
    SELECT
        *,
        arrayJoin(arrayConcat(
            if(event_type = 'tx.ended', [(occurred_at, toUInt8(assigned_to != ''))], []),
            if(replaced_end_at != occurred_at OR (replaced_end_at IS NOT NULL AND event_type != 'tx.ended'), [(assumeNotNull(replaced_end_at), toUInt8(1))], [])
        )) AS told
    FROM transaction_events
    WHERE event_type = 'tx.ended' OR replaced_end_at IS NOT NULL
);

-- The ends of before, each as its highest revision tells it.
-- wait until: SELECT count() = 0 FROM system.processes WHERE query_kind = 'Insert' AND now64(3) - toIntervalMillisecond(toInt64(elapsed * 1000)) < (SELECT max(metadata_modification_time) + 1 FROM system.tables WHERE database = currentDatabase() AND name = 'ended_sessions_feed')
INSERT INTO ended_sessions
SELECT
    cp_id,
    transaction_id,
    protocol,
    evse_id,
    connector_id,
    id_token,
    started_at,
    occurred_at,
    meter_start_wh,
    meter_stop_wh,
    energy_wh,
    energy_reason,
    total_cost,
    cost_amount,
    cost_currency,
    stop_reason,
    end_inferred,
    unassigned_reason,
    remote_start_id,
    reservation_id,
    station_transaction_id,
    missing_seq_nos,
    recorded_at,
    revision,
    toUInt8(assigned_to != '')
FROM transaction_events
WHERE event_type = 'tx.ended'
  AND (cp_id, transaction_id, revision, recorded_at) IN (
      SELECT cp_id, transaction_id, last.1, last.2
      FROM
      (
          SELECT cp_id, transaction_id, max((revision, recorded_at)) AS last
          FROM transaction_events
          WHERE event_type = 'tx.ended'
          GROUP BY cp_id, transaction_id
      )
  )
SETTINGS max_partitions_per_insert_block = 0;
