-- Commands have one id everywhere. Rows from before have it in request_id, where it is read from; in rows from now on
-- request_id is the X-Request-Id of the request that asked for the command.
ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS command_id String DEFAULT request_id COMMENT 'Id of the command, as in GET /api/v1/commands/{command_id}' AFTER pod;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS state LowCardinality(String) COMMENT 'State in which the command ended; empty in rows from before 2026-12' AFTER outcome;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS late Bool COMMENT 'The command had ended as a timeout before; this is its true end' AFTER state;

ALTER TABLE commands
    ADD COLUMN IF NOT EXISTS caller LowCardinality(String) COMMENT 'Name of the token that asked for it; empty for commands of the gateway itself' AFTER late;

-- request_id is the id of a request of REST or gRPC; the requestId of OCPP is read as ocpp_request_id.
ALTER TABLE firmware_status
    ADD COLUMN IF NOT EXISTS ocpp_request_id Nullable(Int32) ALIAS request_id COMMENT 'The same as request_id, by the name of the API';

ALTER TABLE log_status
    ADD COLUMN IF NOT EXISTS ocpp_request_id Nullable(Int32) ALIAS request_id COMMENT 'The same as request_id, by the name of the API';

ALTER TABLE reports
    ADD COLUMN IF NOT EXISTS ocpp_request_id Int32 ALIAS request_id COMMENT 'The same as request_id, by the name of the API';

ALTER TABLE firmware_publications
    ADD COLUMN IF NOT EXISTS ocpp_request_id Nullable(Int32) ALIAS request_id COMMENT 'The same as request_id, by the name of the API';
