import type { CertificateSigned } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { noSuchUse } from './certificate-use.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** CertificateSigned (security whitepaper, A02). */
export function certificateSigned({ certificateChain, certificateType }: CertificateSigned): Translation {
  if (certificateType === 'V2GCertificate') return noSuchUse(certificateType);
  return checked('CertificateSigned', { certificateChain });
}

export const certificateSignedMirror = {
  answered: ({ certificateChain }, { status }) => [
    { kind: 'certificateAccepted', chain: certificateChain, accepted: status === 'Accepted' },
  ],
} satisfies MirrorOf<'CertificateSigned'>;
