import type { CertificateSigned } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** CertificateSigned (OCPP 2.0.1 A02, A03). */
export function certificateSigned({ certificateChain, certificateType }: CertificateSigned): Translation {
  return checked('CertificateSigned', { certificateChain, certificateType });
}

export const certificateSignedMirror = {
  answered: ({ certificateChain, certificateType }, { status }) => [
    { kind: 'certificateAccepted', certificateType, chain: certificateChain, accepted: status === 'Accepted' },
  ],
} satisfies MirrorOf<'CertificateSigned'>;
