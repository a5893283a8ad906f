import { type ActionHandler, answered, formatTime } from '@ocpp-gw/ocpp-j';
import type { BootNotificationRequest, BootNotificationResponse } from '#generated/messages.d.ts';

/**
 * BootNotification, charging station to CSMS (OCPP 2.0.1 B01 to B03).
 * The backend decides whether the station is taken; the answer sets its clock and its heartbeat.
 */
export const bootNotification: ActionHandler<BootNotificationRequest, BootNotificationResponse, 'registration'> = {
  lookups: (request) => ({ registration: station(request) }),
  decide(request, facts) {
    const registration = answered(facts.registration, 'registration');
    const { modem } = request.chargingStation;
    return {
      reply: {
        status: registration.status,
        currentTime: formatTime(facts.now),
        interval: registration.intervalSeconds,
      },
      before: [
        {
          kind: 'stationBooted',
          ...station(request),
          iccid: modem?.iccid,
          imsi: modem?.imsi,
          registration,
        },
      ],
    };
  },
};

function station({ chargingStation, reason }: BootNotificationRequest) {
  return {
    vendor: chargingStation.vendorName,
    model: chargingStation.model,
    serialNumber: chargingStation.serialNumber,
    firmwareVersion: chargingStation.firmwareVersion,
    reason,
  };
}
