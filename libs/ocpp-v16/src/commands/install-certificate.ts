import type { InstallCertificate } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { isUse, noSuchUse } from './certificate-use.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** InstallCertificate (security whitepaper, M05). */
export function installCertificate({ certificateType, certificate }: InstallCertificate): Translation {
  return isUse(certificateType)
    ? checked('InstallCertificate', { certificateType, certificate })
    : noSuchUse(certificateType);
}

export const installCertificateMirror = {
  answered: ({ certificateType, certificate }, { status }) =>
    status === 'Accepted' ? [{ kind: 'certificateInstalled', certificateType, certificate }] : [],
} satisfies MirrorOf<'InstallCertificate'>;
