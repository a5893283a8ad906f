-- Of charge points that have been connected. A name that this server does not know counts as UTC.
CREATE OR REPLACE VIEW time_zones
(
    cp_id String COMMENT 'Charge point identity',
    time_zone String COMMENT 'Time zone (IANA) of its days; UTC where an operator has set none'
)
AS
SELECT cp_id, if(zone IN (SELECT time_zone FROM system.time_zones), zone, 'UTC') AS time_zone
FROM (SELECT cp_id, argMaxMerge(time_zone) AS zone FROM charge_point_zones GROUP BY cp_id)
COMMENT 'Time zone of each charge point';
