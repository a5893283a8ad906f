import { optionalTimeOf, timeOf } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** SignedUpdateFirmware (security whitepaper, L01). */
export const signedUpdateFirmware = outbound('SignedUpdateFirmware', 'SignedUpdateFirmware', {
  toCall(command, checked) {
    const { ocppRequestId, location, retrieveAt, installAt, signingCertificate, signature } = command;
    return checked({
      retries: command.retries,
      retryInterval: command.retryInterval,
      requestId: ocppRequestId,
      firmware: { location, retrieveDateTime: retrieveAt, installDateTime: installAt, signingCertificate, signature },
    });
  },
  mirror: {
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
  },
});
