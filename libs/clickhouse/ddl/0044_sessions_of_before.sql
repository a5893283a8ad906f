-- What builds before this one have published, in the tables of this one. Both statements can be repeated: the release after this one does
-- so, for what old pods wrote during the rollout (docs/adr/0045). An ended session has one interval from its start to its end.
INSERT INTO energy_intervals (cp_id, transaction_id, number, revision, protocol, evse_id, connector_id, from_at, from_wh, to_at, to_wh, quality, billed_wh, reached_at, event_id, event_type, recorded_at, pod)
SELECT
    cp_id,
    transaction_id,
    0,
    revision,
    protocol,
    evse_id,
    connector_id,
    least(coalesce(started_at, occurred_at), occurred_at) AS begins_at,
    0,
    occurred_at,
    assumeNotNull(energy_wh),
    if(occurred_at > begins_at + INTERVAL 7 DAY, ['estimated', 'clock_jump'], ['estimated']),
    energy_wh,
    occurred_at,
    event_id,
    event_type,
    recorded_at,
    pod
FROM
(
    SELECT *
    FROM transaction_events
    WHERE event_type = 'tx.ended' AND first_heard_at IS NULL
    ORDER BY cp_id, transaction_id, revision DESC, recorded_at DESC, event_id DESC
    LIMIT 1 BY cp_id, transaction_id
)
WHERE energy_wh IS NOT NULL
SETTINGS max_partitions_per_insert_block = 0;

-- Their events hold only what the message carried, so each field comes from the event that has it.
INSERT INTO session_states (cp_id, transaction_id, first_heard_at, protocol, first_at, revision, facts, latest_id_token, end, cost, events)
SELECT
    cp_id,
    transaction_id,
    if(of_this_build > 0, assumeNotNull(heard_at), earliest_at) AS first_heard_at,
    any(protocol),
    min(occurred_at),
    max(revision) AS latest,
    arrayReduce(
        'argMaxState',
        [
            CAST(
                (
                    argMaxIf(e.evse_id, (e.revision, ifNull(e.evse_id, 0)), e.evse_id != 0),
                    argMaxIf(e.connector_id, (e.revision, ifNull(e.connector_id, 0)), e.connector_id != 0),
                    coalesce(
                        argMaxIf(e.started_at, (e.revision, e.recorded_at), e.revision > 0 AND e.started_at IS NOT NULL),
                        minOrNullIf(e.occurred_at, e.event_type = 'tx.started'),
                        min(e.started_at)
                    ),
                    argMaxIf(e.meter_start_wh, (e.revision, e.recorded_at), e.meter_start_wh IS NOT NULL),
                    argMaxIf(e.remote_start_id, (e.revision, ifNull(e.remote_start_id, 0)), e.remote_start_id != 0),
                    argMaxIf(e.reservation_id, (e.revision, ifNull(e.reservation_id, 0)), e.reservation_id != 0),
                    max(e.station_transaction_id)
                ),
                'Tuple(Nullable(Int32), Nullable(Int32), Nullable(DateTime64(3, \'UTC\')), Nullable(Float64), Nullable(Int32), Nullable(Int32), String)'
            )
        ],
        [(latest, max(e.recorded_at), max(e.event_id))]
    ),
    (latest, max(e.recorded_at), max(e.event_id), argMinIf(e.id_token, (-toInt64(e.revision), e.occurred_at, e.id_token), e.id_token != '')),
    argMaxState(
        (toUInt8(e.event_type = 'tx.ended'), e.occurred_at, e.meter_start_wh, e.meter_stop_wh, e.energy_wh, toString(e.energy_reason), toString(e.stop_reason), toString(e.end_inferred), toString(e.unassigned_reason), e.assigned_to, e.missing_seq_nos),
        (e.revision, toUInt8(e.event_type = 'tx.ended'), e.recorded_at, e.event_id)
    ),
    argMaxState((e.total_cost, e.cost_amount, toString(e.cost_currency)), (toUInt8(e.total_cost IS NOT NULL), e.revision, e.recorded_at)),
    uniqCombinedState(12)(e.event_id)
FROM
(
    SELECT
        *,
        countIf(first_heard_at IS NOT NULL) OVER (PARTITION BY cp_id, transaction_id) AS of_this_build,
        max(first_heard_at) OVER (PARTITION BY cp_id, transaction_id) AS heard_at,
        min(recorded_at) OVER (PARTITION BY cp_id, transaction_id) AS earliest_at
    FROM transaction_events
) AS e
GROUP BY cp_id, transaction_id, of_this_build, heard_at, earliest_at
SETTINGS max_partitions_per_insert_block = 0;
