import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type {
  SignedFirmwareStatusNotificationRequest,
  SignedFirmwareStatusNotificationResponse,
} from '#generated/messages.d.ts';

/**
 * SignedFirmwareStatusNotification, charge point to central system (OCPP 1.6 security whitepaper, L01).
 * The progress of the update that SignedUpdateFirmware asked for. It carries no time.
 */
export const signedFirmwareStatusNotification: ActionHandler<
  SignedFirmwareStatusNotificationRequest,
  SignedFirmwareStatusNotificationResponse,
  never
> = {
  lookups: () => ({}),
  decide: ({ status, requestId }, { now }) => ({
    reply: {},
    before: [{ kind: 'firmwareStatus', status, requestId, signed: true, time: { at: now } }],
  }),
};
