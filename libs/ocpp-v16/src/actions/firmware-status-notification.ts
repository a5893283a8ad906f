import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse } from '#generated/messages.d.ts';

/**
 * FirmwareStatusNotification, charge point to central system (OCPP 1.6 section 4.5).
 * The progress of the update that UpdateFirmware asked for; Installed may come after a reboot. It carries neither an id nor a time.
 */
export const firmwareStatusNotification: ActionHandler<
  FirmwareStatusNotificationRequest,
  FirmwareStatusNotificationResponse,
  never
> = {
  lookups: () => ({}),
  decide: ({ status }, { now }) => ({
    reply: {},
    before: [{ kind: 'firmwareStatus', status, signed: false, time: { at: now } }],
  }),
};
