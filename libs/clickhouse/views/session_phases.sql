-- Of all sessions. It reads the whole history: for the sessions of some days ask session_phases_between, which reads those.
CREATE OR REPLACE VIEW session_phases
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    first_heard_at DateTime64(3, 'UTC') COMMENT 'When the gateway received its first message; sessions are filed by it',
    phase Nullable(String) COMMENT 'charging, suspended_ev, suspended_evse or idle; NULL: unknown',
    seconds Float64 COMMENT 'Seconds in it, up to now while active',
    times UInt64 COMMENT 'How often the session was in it'
)
AS
SELECT cp_id, transaction_id, first_heard_at, phase, seconds, times
FROM session_phases_between(from_day = '2000-01-01', to_day = '2100-01-01')
COMMENT 'Charging phases and idle time of each session, in both versions';
