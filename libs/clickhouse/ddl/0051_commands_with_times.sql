-- When a command was asked for and when its CALL left, and what follows from both. Ends of commands that never left are rows too.
ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS requested_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the command was accepted, by the clock of Postgres; NULL for commands of the gateway itself and in older rows' AFTER caller;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS sent_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When its CALL left; NULL when it never did, when that is not known, and in older rows' AFTER requested_at;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS answered_at Nullable(DateTime64(3, 'UTC')) ALIAS if(state IN ('accepted', 'rejected', 'callerror', 'invalid_answer'), toNullable(occurred_at), NULL) COMMENT 'When the charge point answered; NULL when it did not' AFTER sent_at;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS latency_ms Nullable(Int64) ALIAS dateDiff('millisecond', sent_at, answered_at) COMMENT 'From its CALL to the answer, milliseconds; NULL without either' AFTER answered_at;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS waited_ms Nullable(Int64) ALIAS dateDiff('millisecond', requested_at, sent_at) COMMENT 'From its acceptance to its CALL, milliseconds, across the clocks of two machines; NULL without either' AFTER latency_ms;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS origin LowCardinality(String) ALIAS multiIf(state = '', '', caller = '', 'gateway', 'api') COMMENT 'api: a caller asked for it; gateway: the gateway itself did; empty in rows from before 2026-12' AFTER waited_ms;
