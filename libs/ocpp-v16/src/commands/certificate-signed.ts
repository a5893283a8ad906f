import type { CertificateSigned } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** CertificateSigned (security whitepaper, A02). */
export function certificateSigned({ certificateChain }: CertificateSigned): Translation {
  return checked('CertificateSigned', { certificateChain });
}

export const certificateSignedMirror = {
  answered: ({ certificateChain }, { status }) => [
    { kind: 'certificateAccepted', chain: certificateChain, accepted: status === 'Accepted' },
  ],
} satisfies MirrorOf<'CertificateSigned'>;
