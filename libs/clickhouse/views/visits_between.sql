-- Visits, as kWwhat defines them (github.com/appspace/kwwhat, README): attempts of one token belong together while less than 30 minutes pass from one
-- to the next, those without a token on one EVSE while less than 2 minutes do; one without a token less than 2 minutes before one with a
-- token is of that token. A visit succeeds when its last attempt does. The location is the charge point, as the gateway knows no other.
CREATE OR REPLACE VIEW visits_between
(
    cp_id String COMMENT 'Charge point identity',
    id_token String COMMENT 'Token of the driver; empty when no attempt had one',
    visit_began_at DateTime64(3, 'UTC') COMMENT 'Begin of the first attempt',
    visit_ended_at DateTime64(3, 'UTC') COMMENT 'End of the last attempt',
    attempts UInt64 COMMENT 'Attempts of the visit',
    energy_wh Nullable(Float64) COMMENT 'Energy billed in the visit, Wh; NULL when no attempt has any',
    outcome String COMMENT 'failed, first_attempt_success or troubled_success'
)
AS
SELECT
    cp_id,
    any(visitor_token) AS id_token,
    min(began_at) AS visit_began_at,
    max(ended_at) AS visit_ended_at,
    count() AS attempts,
    sum(energy_wh) AS energy_wh,
    multiIf(NOT argMax(is_successful, began_at), 'failed', attempts = 1, 'first_attempt_success', 'troubled_success') AS outcome
FROM
(
    SELECT *, sum(is_first) OVER (PARTITION BY cp_id, visitor ORDER BY began_at, evse_id) AS number
    FROM
    (
        SELECT
            *,
            lagInFrame(toNullable(began_at), 1, NULL) OVER (PARTITION BY cp_id, visitor ORDER BY began_at, evse_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before_at,
            before_at IS NULL OR dateDiff('second', assumeNotNull(before_at), began_at) >= if(visitor_token = '', 120, 1800) AS is_first
        FROM
        (
            SELECT
                *,
                if(
                    id_token = '' AND next_token != '' AND dateDiff('second', began_at, next_at) < 120,
                    next_token,
                    id_token
                ) AS visitor_token,
                if(visitor_token = '', concat('EVSE ', toString(evse_id)), concat('token ', visitor_token)) AS visitor
            FROM
            (
                SELECT
                    *,
                    leadInFrame(id_token, 1, '') OVER (attempts_of_port ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS next_token,
                    leadInFrame(began_at, 1, began_at) OVER (attempts_of_port ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS next_at
                FROM charge_attempts_between(from_day = {from_day:String}, to_day = {to_day:String})
                WINDOW attempts_of_port AS (PARTITION BY cp_id, evse_id ORDER BY began_at)
            )
        )
    )
)
GROUP BY cp_id, visitor, number
COMMENT 'Visits of drivers and how they ended, between two days';
