import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse } from '#generated/messages.d.ts';

/**
 * FirmwareStatusNotification, charging station to CSMS (OCPP 2.0.1 L01, L02).
 * The progress of the update that UpdateFirmware asked for; Installed may come after a reboot. It carries no time.
 */
export const firmwareStatusNotification: ActionHandler<
  FirmwareStatusNotificationRequest,
  FirmwareStatusNotificationResponse,
  never
> = {
  lookups: () => ({}),
  decide: ({ status, requestId }, { now }) => ({
    reply: {},
    before: [{ kind: 'firmwareStatus', status, requestId, signed: false, time: { at: now } }],
  }),
};
