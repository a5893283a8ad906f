import type { InstallCertificate } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { fromWireUse, toWireUse } from './certificate.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** InstallCertificate (OCPP 2.0.1 M05). */
export function installCertificate({ certificateType, certificate }: InstallCertificate): Translation {
  return checked('InstallCertificate', { certificateType: toWireUse(certificateType), certificate });
}

export const installCertificateMirror = {
  answered: ({ certificateType, certificate }, { status }) =>
    status === 'Accepted'
      ? [{ kind: 'certificateInstalled', certificateType: fromWireUse(certificateType), certificate }]
      : [],
} satisfies MirrorOf<'InstallCertificate'>;
