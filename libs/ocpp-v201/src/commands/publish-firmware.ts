import type { PublishFirmware } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** PublishFirmware (OCPP 2.0.1 L03), to a local controller. */
export function publishFirmware(command: PublishFirmware): Translation {
  const { ocppRequestId, location, checksum, retries, retryInterval } = command;
  return checked('PublishFirmware', { requestId: ocppRequestId, location, checksum, retries, retryInterval });
}

export const publishFirmwareMirror = {
  answered: ({ requestId, location, checksum }, { status }) =>
    status === 'Accepted' ? [{ kind: 'firmwarePublicationRequested', requestId, location, checksum }] : [],
} satisfies MirrorOf<'PublishFirmware'>;
