import { scheduleFromWire } from './charging-profile.ts';
import { connectorOrStation } from './connector.ts';
import { outbound } from './outbound.ts';

/** GetCompositeSchedule (OCPP 1.6 section 5.7). */
export const getCompositeSchedule = outbound('GetCompositeSchedule', 'GetCompositeSchedule', {
  toCall: ({ evseId, duration, chargingRateUnit }, checked) =>
    checked({ connectorId: evseId, duration, chargingRateUnit }, connectorOrStation(evseId)),

  readAnswer: ({ connectorId, scheduleStart, chargingSchedule }) => ({
    evseId: connectorId,
    scheduleStart,
    schedule: chargingSchedule && scheduleFromWire(chargingSchedule),
  }),
});
