-- What operators say of outages that do not count. Nothing of the gateway writes here.
CREATE TABLE IF NOT EXISTS uptime_exclusions
(
    cp_id String COMMENT 'Charge point identity' CODEC(ZSTD(1)),
    evse_id Int32 COMMENT 'EVSE; 0 is the whole station',
    from_at DateTime64(3, 'UTC') COMMENT 'Begin',
    to_at DateTime64(3, 'UTC') COMMENT 'End',
    reason LowCardinality(String) COMMENT 'Why it does not count, as 23 CFR 680.116(b)(3) allows: utility, vehicle, maintenance, vandalism, disaster or hours',
    noted_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC') COMMENT 'When it was written; the latest of equal ones holds'
)
ENGINE = ReplacingMergeTree(noted_at)
ORDER BY (cp_id, evse_id, from_at, to_at)
COMMENT 'Outages that do not count against uptime, as operators say';
