import type { CommandAnswers, GetInstalledCertificateIds } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { GetInstalledCertificateIdsResponse } from '#generated/messages.d.ts';
import { isUse, noSuchUse } from './certificate-use.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** GetInstalledCertificateIds (security whitepaper, M03), of one type at a time. */
export function getInstalledCertificateIds({ certificateTypes = [] }: GetInstalledCertificateIds): Translation {
  const foreign = certificateTypes.find((type) => !isUse(type));
  if (foreign !== undefined) return noSuchUse(foreign);
  const [certificateType, ...more] = certificateTypes.filter(isUse);
  if (certificateType === undefined || more.length > 0)
    return {
      ok: false,
      kind: 'invalidPayload',
      action: 'GetInstalledCertificateIds',
      errors: [{ path: '/certificateType', message: 'must be exactly one type in OCPP 1.6' }],
    };
  return checked('GetInstalledCertificateIds', { certificateType });
}

export const getInstalledCertificateIdsMirror = {
  // NotFound: the charge point has none of the type.
  answered: ({ certificateType }, { status, certificateHashData = [] }) => [
    {
      kind: 'certificatesSeen',
      certificateTypes: [certificateType],
      certificates: (status === 'Accepted' ? certificateHashData : []).map((hash) => ({ ...hash, certificateType })),
    },
  ],
} satisfies MirrorOf<'GetInstalledCertificateIds'>;

/** The answer names no type: it is the one that was asked for. */
export function readCertificates(
  { certificateTypes = [] }: GetInstalledCertificateIds,
  { certificateHashData = [] }: GetInstalledCertificateIdsResponse,
): CommandAnswers['GetInstalledCertificateIds'] {
  const [certificateType] = certificateTypes;
  return { certificates: certificateHashData.map((hash) => ({ ...hash, certificateType })) };
}
