-- The total cost that was answered with the end of a transaction.
ALTER TABLE transaction_events
    ADD COLUMN IF NOT EXISTS total_cost Nullable(Float64) COMMENT 'Total cost answered to the station, in its currency; NULL when the backend told none in time (tx.ended, 2.0.1)';
