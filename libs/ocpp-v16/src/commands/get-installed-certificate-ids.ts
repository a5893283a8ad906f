import { isUse, noSuchUse } from './certificate-use.ts';
import { outbound } from './outbound.ts';

/** GetInstalledCertificateIds (security whitepaper, M03), of one type at a time. */
export const getInstalledCertificateIds = outbound('GetInstalledCertificateIds', 'GetInstalledCertificateIds', {
  toCall({ certificateTypes = [] }, checked) {
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
    return checked({ certificateType });
  },
  mirror: {
    // NotFound: the charge point has none of the type.
    answered: ({ certificateType }, { status, certificateHashData = [] }) => [
      {
        kind: 'certificatesSeen',
        certificateTypes: [certificateType],
        certificates: (status === 'Accepted' ? certificateHashData : []).map((hash) => ({ ...hash, certificateType })),
      },
    ],
  },
  // The answer names no type: it is the one that was asked for.
  readAnswer: ({ certificateHashData = [] }, { certificateTypes: [certificateType] = [] }) => ({
    certificates: certificateHashData.map((hash) => ({ ...hash, certificateType })),
  }),
});
