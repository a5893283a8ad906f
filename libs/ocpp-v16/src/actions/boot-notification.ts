import { type ActionHandler, answered, formatTime } from '@ocpp-gw/ocpp-j';
import type { BootNotificationRequest, BootNotificationResponse } from '#generated/messages.d.ts';

/**
 * BootNotification, charge point to central system (OCPP 1.6 section 4.2).
 * The backend decides whether the charge point is taken; the answer sets its clock and its heartbeat.
 */
export const bootNotification: ActionHandler<BootNotificationRequest, BootNotificationResponse, 'registration'> = {
  lookups: (request) => ({ registration: station(request) }),
  decide(request, facts) {
    const registration = answered(facts.registration, 'registration');
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
          iccid: request.iccid,
          imsi: request.imsi,
          registration,
        },
      ],
    };
  },
};

function station(request: BootNotificationRequest) {
  return {
    vendor: request.chargePointVendor,
    model: request.chargePointModel,
    // chargeBoxSerialNumber is deprecated, but some firmware sends no other serial number.
    serialNumber: request.chargePointSerialNumber ?? request.chargeBoxSerialNumber,
    firmwareVersion: request.firmwareVersion,
  };
}
