import {
  type ActionHandler,
  type ConnectorStatusEffect,
  clockIsAbsurd,
  readChargerTime,
  rulesMet,
} from '@ocpp-gw/ocpp-j';
import type { StatusNotificationRequest, StatusNotificationResponse } from '#generated/messages.d.ts';
import { VENDOR } from '../version-16-status.ts';
import { evseOf } from './evse.ts';

/**
 * StatusNotification, charging station to CSMS (OCPP 2.0.1 G01).
 * A connector reports its status. In 2.0.1 errors are reported by NotifyEvent.
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
        ...fieldsOf16(request),
        time: readChargerTime(request.timestamp, now),
      },
    ],
    noted: rulesMet({ 'clock-absurd': clockIsAbsurd(request.timestamp, now) }),
  }),
};

/** Fields of a message in the shape of 1.6 that 2.0.1 does not have (notes 4.15). */
function fieldsOf16({ customData }: StatusNotificationRequest): Partial<ConnectorStatusEffect> {
  if (customData?.vendorId !== VENDOR) return {};
  const text = (field: string): string | undefined => {
    const value = customData[field];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    errorCode: text('errorCode'),
    // 2.0.1 has Occupied for five statuses of 1.6, so the status of 1.6 is kept as well.
    info: text('info') ?? text('status'),
    vendorId: text('reportedBy'),
    vendorErrorCode: text('vendorErrorCode'),
  };
}
