import { outbound } from './outbound.ts';

/** PublishFirmware (OCPP 2.0.1 L03), to a local controller. */
export const publishFirmware = outbound('PublishFirmware', 'PublishFirmware', {
  toCall(command, checked) {
    const { ocppRequestId, location, checksum, retries, retryInterval } = command;
    return checked({ requestId: ocppRequestId, location, checksum, retries, retryInterval });
  },
  mirror: {
    answered: ({ requestId, location, checksum }, { status }) =>
      status === 'Accepted' ? [{ kind: 'firmwarePublicationRequested', requestId, location, checksum }] : [],
  },
});
