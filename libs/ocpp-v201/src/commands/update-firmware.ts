import type { SignedUpdateFirmware, UpdateFirmware } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { type MirrorOf, optionalTimeOf, timeOf } from './mirror.ts';

type Update = Omit<UpdateFirmware, 'kind'> &
  Partial<Pick<SignedUpdateFirmware, 'installAt' | 'signingCertificate' | 'signature'>>;

/** UpdateFirmware (OCPP 2.0.1 L01 signed, L02 not); it has one message for both of 1.6. */
export function updateFirmware(command: Update): Translation {
  const { ocppRequestId, location, retrieveAt, installAt, signingCertificate, signature } = command;
  return checked('UpdateFirmware', {
    retries: command.retries,
    retryInterval: command.retryInterval,
    requestId: ocppRequestId,
    firmware: { location, retrieveDateTime: retrieveAt, installDateTime: installAt, signingCertificate, signature },
  });
}

export const updateFirmwareMirror = {
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
} satisfies MirrorOf<'UpdateFirmware'>;
