import { outbound } from './outbound.ts';

/** CertificateSigned (OCPP 2.0.1 A02, A03). */
export const certificateSigned = outbound('CertificateSigned', 'CertificateSigned', {
  toCall: ({ certificateChain, certificateType }, checked) => checked({ certificateChain, certificateType }),
  mirror: {
    answered: ({ certificateChain, certificateType }, { status }) => [
      { kind: 'certificateAccepted', certificateType, chain: certificateChain, accepted: status === 'Accepted' },
    ],
  },
});
