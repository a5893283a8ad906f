-- Readings of the outlet's register that lie outside of what their session is billed for: below its first register or above its last. A number
-- that came with its signature and without its unit is in the unit of its meter, which is not known: it says nothing. Whoever asks for a time
-- filters by sampled_at and, some days wider, by first_heard_at.
CREATE OR REPLACE VIEW samples_outside_bill
(
    cp_id String COMMENT 'Charge point identity',
    transaction_id String COMMENT 'Transaction, unique per charger',
    first_heard_at DateTime64(3, 'UTC') COMMENT 'When the gateway received the first message of the session; sessions are filed by it',
    sampled_at DateTime64(3, 'UTC') COMMENT 'When the value was sampled, by the charger''s clock',
    value Float64 COMMENT 'Register, Wh',
    meter_start_wh Float64 COMMENT 'Register at the start of the session, Wh',
    meter_stop_wh Float64 COMMENT 'Register that it is billed to, Wh; so far while active',
    event_id UUID COMMENT 'Event that carried the sample',
    sample_no UInt32 COMMENT 'Position of the sample in its event, from 0'
)
AS
SELECT DISTINCT
    x.cp_id AS cp_id,
    x.transaction_id AS transaction_id,
    s.first_heard_at AS first_heard_at,
    x.sampled_at AS sampled_at,
    assumeNotNull(x.value) AS value,
    assumeNotNull(s.meter_start_wh) AS meter_start_wh,
    assumeNotNull(s.meter_stop_wh) AS meter_stop_wh,
    x.event_id AS event_id,
    x.sample_no AS sample_no
FROM
(
    SELECT cp_id, transaction_id, sampled_at, value, event_id, sample_no
    FROM meter_samples
    WHERE transaction_id != '' AND measurand = 'Energy.Active.Import.Register' AND unit = 'Wh' AND phase = '' AND location IN ('', 'Outlet') AND NOT (signed AND unit_assumed)
) AS x
INNER JOIN
(
    SELECT cp_id, transaction_id, first_heard_at, meter_start_wh, meter_stop_wh
    FROM sessions
    WHERE meter_start_wh IS NOT NULL AND meter_stop_wh IS NOT NULL AND energy_wh IS NOT NULL
) AS s USING (cp_id, transaction_id)
WHERE x.value < s.meter_start_wh OR x.value > s.meter_stop_wh
COMMENT 'Register readings outside of the bill of their session';
