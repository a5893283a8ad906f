-- Frames between charge points and the gateway, both ways, of the charge points whose frames are recorded (topic ocpp.message). The migration
-- sets for how many days they are kept: EVEYS_OCPP_CLICKHOUSE_MESSAGES_DAYS.
CREATE TABLE IF NOT EXISTS messages
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per frame',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the gateway received or sent the frame' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'The same as occurred_at' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that held the connection',
    direction LowCardinality(String) COMMENT 'in: from the charge point; out: to it',
    kind LowCardinality(String) COMMENT 'call, call_result, call_error, or unreadable for a frame that is no OCPP message',
    action LowCardinality(String) COMMENT 'OCPP action; of an answer that of its CALL; empty when it is not known',
    message_id String COMMENT 'Message id, by which an answer belongs to its CALL; empty when the frame has none' CODEC(ZSTD(1)),
    outcome LowCardinality(String) COMMENT 'Of an answer: result, or error; empty for a CALL',
    error_code LowCardinality(String) COMMENT 'Error code of a CALLERROR; else empty',
    latency_ms Nullable(Float64) COMMENT 'Of an answer: milliseconds since its CALL; NULL when that was not recorded',
    size_bytes UInt32 COMMENT 'Size of the frame as it was sent',
    connection_id String COMMENT 'Connection, as in connections' CODEC(ZSTD(1)),
    number UInt32 COMMENT 'Place among the frames of the connection, from 1; a gap says that frames were lost',
    transaction_id String COMMENT 'Transaction that the frame names, as it names it; of an answer also that of its CALL; empty when it names none' CODEC(ZSTD(1)),
    raw String COMMENT 'The frame as it was sent, with secrets replaced by [redacted]; beyond 256 Ki characters it is cut' CODEC(ZSTD(3)),
    INDEX by_message message_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_transaction transaction_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(recorded_at)
ORDER BY (cp_id, occurred_at, number, event_id)
TTL toDateTime(recorded_at) + toIntervalDay(30)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Recorded frames of OCPP-J (topic ocpp.message), one row a frame';
