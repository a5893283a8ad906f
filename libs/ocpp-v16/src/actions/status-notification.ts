import { type ActionHandler, clockIsAbsurd, readChargerTime, rulesMet } from '@ocpp-gw/ocpp-j';
import type { StatusNotificationRequest, StatusNotificationResponse } from '#generated/messages.d.ts';
import { evseOf } from './evse.ts';

/**
 * StatusNotification, charge point to central system (OCPP 1.6 section 4.9).
 * A connector, or the charge point's main controller (connector 0), tells its status or an error.
 */
export const statusNotification: ActionHandler<StatusNotificationRequest, StatusNotificationResponse, never> = {
  lookups: () => ({}),
  decide: (request, { now }) => ({
    reply: {},
    before: [
      {
        kind: 'connectorStatus',
        ...evseOf(request.connectorId),
        status: request.status,
        errorCode: request.errorCode,
        info: request.info,
        vendorId: request.vendorId,
        vendorErrorCode: request.vendorErrorCode,
        time: readChargerTime(request.timestamp, now),
      },
    ],
    noted: rulesMet({ 'clock-absurd': clockIsAbsurd(request.timestamp, now) }),
  }),
};
