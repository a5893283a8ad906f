-- Of all days since 2020. It reads the whole history: for some days ask connector_availability_between, which reads those.
CREATE OR REPLACE VIEW connector_availability
(
    cp_id String COMMENT 'Charge point identity',
    evse_id Int32 COMMENT 'EVSE',
    connector_id Int32 COMMENT 'Connector of the EVSE',
    day Date COMMENT 'Day in the time zone of the charge point; in UTC where none is set',
    observed_seconds Float64 COMMENT 'Seconds of the day since the connector or its charger is known, up to now',
    available_seconds Float64 COMMENT 'Seconds usable: connected, and neither the station nor its EVSE nor itself Unavailable or Faulted',
    occupied_seconds Float64 COMMENT 'Seconds of those in use: Preparing, Charging, Suspended, Finishing, Occupied',
    reserved_seconds Float64 COMMENT 'Seconds of those Reserved',
    unavailable_seconds Float64 COMMENT 'Seconds connected and Unavailable, itself or its EVSE or station',
    faulted_seconds Float64 COMMENT 'Seconds connected and Faulted, itself or its EVSE or station',
    offline_seconds Float64 COMMENT 'Seconds without a connection of the charger, after its first one',
    unknown_seconds Float64 COMMENT 'Seconds before the first connection or the first status, or with a status that no version knows',
    availability Nullable(Float64) COMMENT 'available_seconds / (observed_seconds - unknown_seconds), 0 to 1; NULL when all is unknown'
)
AS
SELECT
    cp_id,
    evse_id,
    connector_id,
    day,
    observed_seconds,
    available_seconds,
    occupied_seconds,
    reserved_seconds,
    unavailable_seconds,
    faulted_seconds,
    offline_seconds,
    unknown_seconds,
    availability
FROM connector_availability_between(from_day = '2020-01-01', to_day = '2100-01-01')
COMMENT 'Availability of every connector, by local day';
