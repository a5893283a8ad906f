import { noSuchUse } from './certificate-use.ts';
import { outbound } from './outbound.ts';

/** CertificateSigned (security whitepaper, A02). */
export const certificateSigned = outbound('CertificateSigned', 'CertificateSigned', {
  toCall({ certificateChain, certificateType }, checked) {
    if (certificateType === 'V2GCertificate') return noSuchUse(certificateType);
    return checked({ certificateChain });
  },
  mirror: {
    answered: ({ certificateChain }, { status }) => [
      { kind: 'certificateAccepted', chain: certificateChain, accepted: status === 'Accepted' },
    ],
  },
});
