-- What was told of a transaction can be corrected: the highest revision is right. A reading says how sure its unit is.
ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS revision UInt32 COMMENT '0 as first told; the highest of a transaction is right';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS energy_reason LowCardinality(String) COMMENT 'Why energy_wh is NULL, a word of docs/registers.md; empty when it is known (tx.ended)';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS end_inferred LowCardinality(String) COMMENT 'Why the gateway ended the transaction without the charger''s word; empty when the charger ended it (tx.ended)';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS unassigned_reason LowCardinality(String) COMMENT 'Why this end could not be given to a transaction; empty when it has one (tx.ended)';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS assigned_to String COMMENT 'Transaction that an unassigned end was given to later; empty when none (tx.ended)';

ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS station_transaction_id String COMMENT 'The id as the station made it, where it had used it before; empty when transaction_id is it (2.0.1)';

ALTER TABLE meter_samples
    ADD COLUMN IF NOT EXISTS unit_assumed Bool COMMENT 'The charger named no unit: unit is the measurand''s own';

ALTER TABLE meter_samples
    ADD COLUMN IF NOT EXISTS signed Bool COMMENT 'Signed data, or a number that came with its signature';
