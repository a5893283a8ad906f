import { type ActionHandler, clockIsAbsurd, readChargerTime, rulesMet } from '@ocpp-gw/ocpp-j';
import type { StatusNotificationRequest, StatusNotificationResponse } from '#generated/messages.d.ts';
import { evseOf } from './evse.ts';

/**
 * StatusNotification, charging station to CSMS (OCPP 2.0.1 G01).
 * A connector tells its status. Errors are not its business in 2.0.1; they come as NotifyEvent.
 */
export const statusNotification: ActionHandler<StatusNotificationRequest, StatusNotificationResponse, never> = {
  lookups: () => ({}),
  decide: (request, { now }) => ({
    reply: {},
    before: [
      {
        kind: 'connectorStatus',
        ...evseOf({ id: request.evseId, connectorId: request.connectorId }),
        status: request.connectorStatus,
        time: readChargerTime(request.timestamp, now),
      },
    ],
    noted: rulesMet({ 'clock-absurd': clockIsAbsurd(request.timestamp, now) }),
  }),
};
