import { type ActionHandler, type OcspAnswer, answered } from '@ocpp-gw/ocpp-j';
import type { GetCertificateStatusRequest, GetCertificateStatusResponse } from '#generated/messages.d.ts';
import { ocspQuery } from './certificate-hash.ts';
import { statusInfo } from './status-info.ts';

const MAX_OCSP_RESULT = 5500;

/**
 * GetCertificateStatus, charging station to CSMS (OCPP 2.0.1 M06).
 * The signed response of the responder is passed on unchanged. That a certificate is revoked is a valid answer, too.
 */
export const getCertificateStatus: ActionHandler<
  GetCertificateStatusRequest,
  GetCertificateStatusResponse,
  'certificateStatus'
> = {
  lookups: ({ ocspRequestData }) => ({ certificateStatus: ocspQuery(ocspRequestData) }),
  decide: (_request, facts) => ({ reply: replyTo(answered(facts.certificateStatus, 'certificateStatus')), before: [] }),
};

function replyTo(answer: OcspAnswer): GetCertificateStatusResponse {
  if (answer.status === 'unavailable') return failed('OcspUnavailable', answer.reason);
  // A cut response would have a wrong signature.
  if (answer.response.length > MAX_OCSP_RESULT)
    return failed('TooLargeElement', `the responder's answer exceeds ${MAX_OCSP_RESULT} characters`);
  return { status: 'Accepted', ocspResult: answer.response };
}

function failed(reasonCode: string, reason: string): GetCertificateStatusResponse {
  return { status: 'Failed', statusInfo: statusInfo(reasonCode, reason) };
}
