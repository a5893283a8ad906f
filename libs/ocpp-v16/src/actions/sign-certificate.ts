import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { SignCertificateRequest, SignCertificateResponse } from '#generated/messages.d.ts';

/**
 * SignCertificate, charge point to central system (OCPP 1.6 security whitepaper, A02 and A03).
 * A sound request is accepted at once and signed later: the certificate comes by CertificateSigned.
 */
export const signCertificate: ActionHandler<SignCertificateRequest, SignCertificateResponse, 'signingRequest'> = {
  lookups: ({ csr }) => ({ signingRequest: { csr, use: 'station' } }),
  decide({ csr }, facts) {
    const answer = answered(facts.signingRequest, 'signingRequest');
    return {
      reply: { status: answer.ok ? 'Accepted' : 'Rejected' },
      before: [
        {
          kind: 'signingRequest',
          csr,
          ...(answer.ok ? { key: answer.key } : { refusal: answer.reason }),
          time: { at: facts.now },
        },
      ],
    };
  },
};
