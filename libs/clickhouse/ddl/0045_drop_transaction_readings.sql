-- The gateway publishes the energy of a running transaction (energy_intervals): nothing chooses readings here any more.
DROP VIEW IF EXISTS transaction_samples_feed;

DROP VIEW IF EXISTS transaction_starts_feed;

DROP TABLE IF EXISTS transaction_readings;

DROP VIEW IF EXISTS transaction_progress;
