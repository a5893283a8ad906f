import type { DeleteCertificate } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** DeleteCertificate (security whitepaper, M04). The hash is given back as the charge point told it (TC_076). */
export function deleteCertificate(command: DeleteCertificate): Translation {
  const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = command;
  return checked('DeleteCertificate', {
    certificateHashData: { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber },
  });
}

export const deleteCertificateMirror = {
  // NotFound: the charge point has none such.
  answered: ({ certificateHashData }, { status }) =>
    status === 'Failed' ? [] : [{ kind: 'certificateDeleted', certificate: certificateHashData }],
} satisfies MirrorOf<'DeleteCertificate'>;
