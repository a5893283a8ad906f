-- Commands that ended between two days (UTC), both included, by action: how many, how they ended, and how long they took. A command counts once,
-- with its last end: a late answer replaces the timeout. latency is from the CALL to the answer, waited from the acceptance to the CALL;
-- both are NULL where no command has them. SELECT * FROM command_latency_between(from_day = '2026-12-01', to_day = '2026-12-31')
CREATE OR REPLACE VIEW command_latency_between
(
    action String COMMENT 'OCPP action of the CALL, or the name of the command when none was made',
    commands UInt64 COMMENT 'Commands that ended',
    sent_commands UInt64 COMMENT 'Those whose CALL is known to have left',
    never_left UInt64 COMMENT 'Those whose CALL never left',
    accepted UInt64 COMMENT 'Those that the charge point accepted',
    rejected UInt64 COMMENT 'Those that it rejected',
    callerrors UInt64 COMMENT 'Those that it answered with a CALLERROR',
    invalid_answers UInt64 COMMENT 'Those whose answer breaks its schema',
    timeouts UInt64 COMMENT 'Those whose CALL left and that it has not answered',
    disconnected UInt64 COMMENT 'Those whose charge point was not connected, or left before it answered',
    expired UInt64 COMMENT 'Those whose time passed before the CALL could leave',
    refused UInt64 COMMENT 'Those that the gateway did not send',
    cancelled UInt64 COMMENT 'Those whose caller went away before the CALL left',
    late_answers UInt64 COMMENT 'Those that were answered after they had ended as a timeout',
    latency_p50_ms Nullable(Int64) COMMENT 'Median from the CALL to the answer, milliseconds; NULL when no command has it',
    latency_p90_ms Nullable(Int64) COMMENT '90 % quantile of that, milliseconds; NULL when no command has it',
    latency_p99_ms Nullable(Int64) COMMENT '99 % quantile of that, milliseconds; NULL when no command has it',
    waited_p50_ms Nullable(Int64) COMMENT 'Median from the acceptance to the CALL, milliseconds; NULL when no command has it',
    waited_p99_ms Nullable(Int64) COMMENT '99 % quantile of that, milliseconds; NULL when no command has it'
)
AS
SELECT
    action_name AS action,
    count() AS commands,
    countIf(sent IS NOT NULL) AS sent_commands,
    countIf(sent IS NULL AND (end_state IN ('expired', 'refused', 'cancelled') OR end_outcome = 'offline' OR (end_outcome = 'disconnected' AND requested IS NOT NULL))) AS never_left,
    countIf(end_state = 'accepted') AS accepted,
    countIf(end_state = 'rejected') AS rejected,
    countIf(end_state = 'callerror') AS callerrors,
    countIf(end_state = 'invalid_answer') AS invalid_answers,
    countIf(end_state = 'timeout') AS timeouts,
    countIf(end_state = 'disconnected') AS disconnected,
    countIf(end_state = 'expired') AS expired,
    countIf(end_state = 'refused') AS refused,
    countIf(end_state = 'cancelled') AS cancelled,
    countIf(is_late) AS late_answers,
    quantileExactOrNull(0.5)(latency) AS latency_p50_ms,
    quantileExactOrNull(0.9)(latency) AS latency_p90_ms,
    quantileExactOrNull(0.99)(latency) AS latency_p99_ms,
    quantileExactOrNull(0.5)(waited) AS waited_p50_ms,
    quantileExactOrNull(0.99)(waited) AS waited_p99_ms
FROM
(
    SELECT
        command_id,
        argMax((action, state, late, sent_at, latency_ms, waited_ms, outcome, requested_at), (late, recorded_at, event_id)) AS ended,
        ended.1 AS action_name,
        ended.2 AS end_state,
        ended.3 AS is_late,
        ended.4 AS sent,
        ended.5 AS latency,
        ended.6 AS waited,
        ended.7 AS end_outcome,
        ended.8 AS requested
    FROM commands
    WHERE recorded_at >= toDateTime64({from_day:String}, 3, 'UTC') AND recorded_at < toDateTime64(toDate({to_day:String}) + 1, 3, 'UTC')
    GROUP BY command_id
)
GROUP BY action_name
COMMENT 'Commands by action between two days: outcomes and latencies';
