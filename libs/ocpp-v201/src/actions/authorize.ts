import { type ActionHandler, type ContractCertificateQuery, answered } from '@ocpp-gw/ocpp-j';
import type {
  AuthorizeCertificateStatusEnumType,
  AuthorizeRequest,
  AuthorizeResponse,
  IdTokenInfoType,
} from '#generated/messages.d.ts';
import { idTokenInfo, idTokenOf } from './authorization.ts';
import { ocspQuery } from './certificate-hash.ts';

/**
 * Authorize, charging station to CSMS (OCPP 2.0.1 C01, C07).
 * May this token charge, or stop a charge? A contract certificate that comes with it must hold, too. A refusal is a status, never an error.
 */
export const authorize: ActionHandler<AuthorizeRequest, AuthorizeResponse, 'idToken' | 'contractCertificate'> = {
  lookups: (request) => ({
    idToken: idTokenOf(request.idToken),
    contractCertificate: contractCertificate(request),
  }),
  decide(request, facts) {
    const info = idTokenInfo(request.idToken, facts.idToken);
    if (contractCertificate(request) === null) return { reply: { idTokenInfo: info }, before: [] };
    const { status } = answered(facts.contractCertificate, 'contractCertificate');
    return { reply: { idTokenInfo: withCertificate(info, status), certificateStatus: status }, before: [] };
  },
};

function contractCertificate(request: AuthorizeRequest): ContractCertificateQuery | null {
  const { certificate, iso15118CertificateHashData: hashes } = request;
  return certificate === undefined && hashes === undefined ? null : { certificate, hashes: hashes?.map(ocspQuery) };
}

/** A good token with a bad certificate is a bad token; what else is wrong with it is said first. */
function withCertificate(info: IdTokenInfoType, status: AuthorizeCertificateStatusEnumType): IdTokenInfoType {
  if (info.status !== 'Accepted' || status === 'Accepted') return info;
  return { status: status === 'CertificateExpired' ? 'Expired' : 'Invalid' };
}
