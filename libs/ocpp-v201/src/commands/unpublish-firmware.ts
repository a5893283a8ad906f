import type { UnpublishFirmware } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** UnpublishFirmware (OCPP 2.0.1 L04). */
export function unpublishFirmware({ checksum }: UnpublishFirmware): Translation {
  return checked('UnpublishFirmware', { checksum });
}

export const unpublishFirmwareMirror = {
  // NoFirmware: it is published no more. DownloadOngoing: a station fetches it, and it stays.
  answered: ({ checksum }, { status }) =>
    status === 'DownloadOngoing' ? [] : [{ kind: 'firmwareUnpublished', checksum }],
} satisfies MirrorOf<'UnpublishFirmware'>;
