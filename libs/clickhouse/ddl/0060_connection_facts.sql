-- What an event says of its connection besides (docs/adr/0062).
ALTER TABLE connections
    ADD COLUMN IF NOT EXISTS began_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the connection began, on its open and its close; NULL in rows of releases that did not say it';

ALTER TABLE connections
    ADD COLUMN IF NOT EXISTS time_zone LowCardinality(String) COMMENT 'Time zone of the charge point (IANA), as an operator set it; empty when nobody has';
