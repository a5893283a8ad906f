-- WebSocket connects and disconnects (topic cp.connection), one row an event.
CREATE TABLE IF NOT EXISTS connections
(
    event_id UUID COMMENT 'Event id (UUIDv7), unique per event',
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    protocol LowCardinality(String) COMMENT 'ocpp1.6 or ocpp2.0.1',
    occurred_at DateTime64(3, 'UTC') COMMENT 'When the connection opened or closed' CODEC(Delta, ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When the gateway recorded the event' CODEC(Delta, ZSTD(1)),
    pod LowCardinality(String) COMMENT 'Gateway pod that holds or held the connection',
    connected Bool COMMENT 'true: opened; false: closed',
    connection_id String COMMENT 'Connection; the same on its open and its close',
    remote_address String COMMENT 'Address of the peer',
    close_code Int32 COMMENT 'WebSocket close code; 0 on open',
    reason String COMMENT 'Why it was closed; empty on open'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (cp_id, occurred_at, event_id)
TTL toDateTime(recorded_at) + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1
COMMENT 'Charger connects and disconnects (topic cp.connection), one row an event';
