import type { SignedUpdateFirmware } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { type MirrorOf, optionalTimeOf, timeOf } from './mirror.ts';

/** SignedUpdateFirmware (security whitepaper, L01). */
export function signedUpdateFirmware(command: SignedUpdateFirmware): Translation {
  const { ocppRequestId, location, retrieveAt, installAt, signingCertificate, signature } = command;
  return checked('SignedUpdateFirmware', {
    retries: command.retries,
    retryInterval: command.retryInterval,
    requestId: ocppRequestId,
    firmware: { location, retrieveDateTime: retrieveAt, installDateTime: installAt, signingCertificate, signature },
  });
}

export const signedUpdateFirmwareMirror = {
  answered({ requestId, firmware }, { status }, now) {
    if (status !== 'Accepted' && status !== 'AcceptedCanceled') return [];
    return [
      {
        kind: 'firmwareUpdateRequested',
        requestId,
        signed: true,
        location: firmware.location,
        retrieveAt: timeOf(firmware.retrieveDateTime, now),
        installAt: optionalTimeOf(firmware.installDateTime, now),
      },
    ];
  },
} satisfies MirrorOf<'SignedUpdateFirmware'>;
