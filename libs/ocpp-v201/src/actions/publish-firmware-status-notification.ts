import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type {
  PublishFirmwareStatusNotificationRequest,
  PublishFirmwareStatusNotificationResponse,
} from '#generated/messages.d.ts';

/**
 * PublishFirmwareStatusNotification, local controller to CSMS (OCPP 2.0.1 L03).
 * The progress of the publication that PublishFirmware asked for, and where the image can be fetched. It carries no time.
 */
export const publishFirmwareStatusNotification: ActionHandler<
  PublishFirmwareStatusNotificationRequest,
  PublishFirmwareStatusNotificationResponse,
  never
> = {
  lookups: () => ({}),
  decide: ({ status, requestId, location: locations }, { now }) => ({
    reply: {},
    before: [{ kind: 'firmwarePublicationStatus', requestId, status, locations, time: { at: now } }],
  }),
};
