-- When the connection began of which an event is (docs/adr/0062).
ALTER TABLE connections
    ADD COLUMN IF NOT EXISTS began_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the connection began, on its open and its close; NULL in rows of releases that did not say it';
