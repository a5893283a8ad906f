import type { CommandOf } from '@ocpp-gw/contracts';
import { type Checked, optionalTimeOf, timeOf, type Translation } from '@ocpp-gw/ocpp-j';
import type { UpdateFirmwareRequest } from '#generated/messages.d.ts';
import { outbound } from './outbound.ts';

type Update = Omit<CommandOf<'UpdateFirmware'>, 'kind'> &
  Partial<Pick<CommandOf<'SignedUpdateFirmware'>, 'installAt' | 'signingCertificate' | 'signature'>>;

/** UpdateFirmware (OCPP 2.0.1 L01 signed, L02 not). */
export const updateFirmware = outbound('UpdateFirmware', 'UpdateFirmware', {
  toCall: update,
  mirror: {
    answered({ requestId, firmware }, { status }, now) {
      if (status !== 'Accepted' && status !== 'AcceptedCanceled') return [];
      return [
        {
          kind: 'firmwareUpdateRequested',
          requestId,
          signed: firmware.signature !== undefined,
          location: firmware.location,
          retrieveAt: timeOf(firmware.retrieveDateTime, now),
          installAt: optionalTimeOf(firmware.installDateTime, now),
        },
      ];
    },
  },
});

/** Both commands are this message in 2.0.1. */
export function update(command: Update, checked: Checked<UpdateFirmwareRequest>): Translation {
  const { ocppRequestId, location, retrieveAt, installAt, signingCertificate, signature } = command;
  return checked({
    retries: command.retries,
    retryInterval: command.retryInterval,
    requestId: ocppRequestId,
    firmware: { location, retrieveDateTime: retrieveAt, installDateTime: installAt, signingCertificate, signature },
  });
}
