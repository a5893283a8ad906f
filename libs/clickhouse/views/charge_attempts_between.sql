-- Attempts to charge, as kWwhat defines them (github.com/appspace/kwwhat, README): an attempt begins when a connector is taken and ends when it is
-- free. It succeeds with a transaction of more than 100 Wh that ended for Local, Remote or EVDisconnected, on a connector that is not Faulted
-- next. Times are those at which the gateway heard: SELECT * FROM charge_attempts_between(from_day = '2026-11-30', to_day = '2026-11-30'). Days are those of UTC.
CREATE OR REPLACE VIEW charge_attempts_between
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE',
    began_at DateTime64(3, 'UTC') COMMENT 'When the connector was taken, as received',
    ended_at DateTime64(3, 'UTC') COMMENT 'When it was free again, or the end of the days',
    transaction_id String COMMENT 'Its last transaction; empty when there was none',
    id_token String COMMENT 'Token of that transaction; empty when there was none',
    energy_wh Nullable(Float64) COMMENT 'Energy billed for it, Wh; NULL while it runs, without one, or when unknown',
    stop_reason String COMMENT 'Why it ended; empty while it runs or without one',
    next_state String COMMENT 'State of the connector after the attempt',
    is_successful UInt8 COMMENT '1 when the driver got energy: see the definition'
)
AS
WITH
    toDateTime64({from_day:String}, 3, 'UTC') AS begins_at,
    toDateTime64(toDate({to_day:String}) + 1, 3, 'UTC') AS ends_at
SELECT
    cp_id,
    evse_id,
    began_at,
    ended_at,
    transaction_id,
    id_token,
    energy_wh,
    stop_reason,
    next_state,
    transaction_id != '' AND ifNull(energy_wh, 0) > 100 AND stop_reason IN ('Local', 'Remote', 'EVDisconnected') AND next_state != 'faulted' AS is_successful
FROM
(
    SELECT
        p.cp_id AS cp_id,
        p.evse_id AS evse_id,
        p.began_at AS began_at,
        p.ended_at AS ended_at,
        p.next_state AS next_state,
        argMax(s.transaction_id, s.heard_at) AS transaction_id,
        argMax(s.id_token, s.heard_at) AS id_token,
        argMax(s.energy_wh, s.heard_at) AS energy_wh,
        argMax(s.stop_reason, s.heard_at) AS stop_reason
    FROM
    (
        SELECT cp_id, evse_id, min(from_at) AS began_at, max(to_at) AS ended_at, argMax(following, to_at) AS next_state
        FROM
        (
            SELECT
                cp_id,
                evse_id,
                connector_id,
                from_at,
                to_at,
                is_taken,
                leadInFrame(toString(state), 1, '') OVER (states ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS following,
                -- Each interval that is not in use ends an attempt.
                countIf(NOT is_taken) OVER states AS number
            FROM
            (
                SELECT *, state IN ('occupied', 'charging') AS is_taken
                FROM connector_states_between(from_day = {from_day:String}, to_day = {to_day:String})
            )
            WINDOW states AS (PARTITION BY cp_id, evse_id, connector_id ORDER BY from_at)
        )
        WHERE is_taken
        GROUP BY cp_id, evse_id, connector_id, number
        HAVING began_at >= begins_at AND began_at < ends_at
    ) AS p
    LEFT JOIN
    (
        SELECT
            t.cp_id AS cp_id,
            t.evse_id AS evse_id,
            t.transaction_id AS transaction_id,
            t.id_token AS id_token,
            if(t.state = 'ended', t.energy_wh, NULL) AS energy_wh,
            t.stop_reason AS stop_reason,
            t.first_heard_at AS heard_at
        FROM sessions AS t
        WHERE t.unassigned_reason = '' AND t.first_heard_at >= begins_at - INTERVAL 1 DAY AND t.first_heard_at < ends_at + INTERVAL 1 DAY
    ) AS s ON s.cp_id = p.cp_id AND s.evse_id = p.evse_id AND s.heard_at >= p.began_at - INTERVAL 1 MINUTE AND s.heard_at <= p.ended_at
    GROUP BY p.cp_id, p.evse_id, p.began_at, p.ended_at, p.next_state
)
COMMENT 'Attempts to charge, between two days';
