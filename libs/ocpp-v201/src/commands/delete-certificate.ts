import type { DeleteCertificate } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { hashOf } from './certificate.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** DeleteCertificate (OCPP 2.0.1 M04). The hash is given back as the station told it (TC_M_20). */
export function deleteCertificate(command: DeleteCertificate): Translation {
  return checked('DeleteCertificate', { certificateHashData: hashOf(command) });
}

export const deleteCertificateMirror = {
  // NotFound: the station has none such.
  answered: ({ certificateHashData }, { status }) =>
    status === 'Failed' ? [] : [{ kind: 'certificateDeleted', certificate: hashOf(certificateHashData) }],
} satisfies MirrorOf<'DeleteCertificate'>;
