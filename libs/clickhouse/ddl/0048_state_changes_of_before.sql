-- What was recorded before the feeds. Both statements can be repeated at any time. A connection without a close ended when the next one
-- of the charge point began: until this release nobody ended what a killed pod had left open.
INSERT INTO state_changes (day, cp_id, kind, evse_id, connector_id, at, since, recorded_at, event_id, state)
SELECT
    toDate(occurred_at),
    cp_id,
    'connection',
    0,
    0,
    occurred_at,
    coalesce(began_at, if(connected, occurred_at, minIf(toNullable(occurred_at), connected) OVER (PARTITION BY cp_id, connection_id)), occurred_at),
    recorded_at,
    event_id,
    if(connected, 'online', 'offline')
FROM connections
SETTINGS max_partitions_per_insert_block = 0;

INSERT INTO state_changes (day, cp_id, kind, evse_id, connector_id, at, since, recorded_at, event_id, state)
SELECT toDate(recorded_at), cp_id, 'status', evse_id, connector_id, recorded_at, recorded_at, recorded_at, event_id, status
FROM connector_status
SETTINGS max_partitions_per_insert_block = 0;
