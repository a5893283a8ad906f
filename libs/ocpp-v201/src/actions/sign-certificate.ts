import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { SignCertificateRequest, SignCertificateResponse } from '#generated/messages.d.ts';
import { statusInfo } from './status-info.ts';

/**
 * SignCertificate, charging station to CSMS (OCPP 2.0.1 A02 and A03).
 * A sound request is accepted at once and signed later: the certificate comes by CertificateSigned.
 */
export const signCertificate: ActionHandler<SignCertificateRequest, SignCertificateResponse, 'signingRequest'> = {
  lookups: ({ csr, certificateType }) => ({
    signingRequest: { csr, use: certificateType === 'V2GCertificate' ? 'V2G' : 'station' },
  }),
  decide({ csr, certificateType }, facts) {
    const answer = answered(facts.signingRequest, 'signingRequest');
    return {
      reply: answer.ok
        ? { status: 'Accepted' }
        : { status: 'Rejected', statusInfo: statusInfo('InvalidCSR', answer.reason) },
      before: [
        {
          kind: 'signingRequest',
          csr,
          certificateType,
          ...(answer.ok ? { key: answer.key } : { refusal: answer.reason }),
          time: { at: facts.now },
        },
      ],
    };
  },
};
