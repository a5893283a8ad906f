-- A name that this server does not know counts as UTC.
CREATE OR REPLACE VIEW time_zones
(
    cp_id String COMMENT 'Charge point identity',
    time_zone String COMMENT 'Time zone (IANA) of its days; UTC where an operator has set none'
)
AS
SELECT cp_id, if(zone IN (SELECT time_zone FROM system.time_zones), zone, 'UTC') AS time_zone
FROM (SELECT cp_id, argMaxMerge(latest_change).4 AS zone FROM charge_point_facts GROUP BY cp_id)
COMMENT 'Time zone of each charge point';
