import type { GetInstalledCertificateIds } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** GetInstalledCertificateIds (security whitepaper, M03). */
export function getInstalledCertificateIds({ certificateType }: GetInstalledCertificateIds): Translation {
  return checked('GetInstalledCertificateIds', { certificateType });
}

export const getInstalledCertificateIdsMirror = {
  // NotFound: the charge point has none of the type.
  answered: ({ certificateType }, { status, certificateHashData = [] }) => [
    { kind: 'certificatesSeen', certificateType, certificates: status === 'Accepted' ? certificateHashData : [] },
  ],
} satisfies MirrorOf<'GetInstalledCertificateIds'>;
