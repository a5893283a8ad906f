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
 * May this token charge, or stop a charge? A contract certificate that comes with it must be valid, too. A refusal is a
 * status, never an error.
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
    return { reply: withCertificate(info, status), before: [] };
  },
};

function contractCertificate(request: AuthorizeRequest): ContractCertificateQuery | null {
  const { certificate, iso15118CertificateHashData: hashes } = request;
  return certificate === undefined && hashes === undefined ? null : { certificate, hashes: hashes?.map(ocspQuery) };
}

/**
 * Statuses that end a contract. Other refusals, such as ConcurrentTx or NotAtThisLocation, depend on the moment and the
 * place.
 */
const NO_CONTRACT: ReadonlySet<IdTokenInfoType['status']> = new Set(['Blocked', 'Expired', 'Invalid', 'Unknown']);

/**
 * Token and certificate in one answer (C07.FR.13 to C07.FR.17; docs/protocol-notes.md has the table). If the certificate
 * is not valid, the token is refused, whatever else is known of it.
 */
function withCertificate(info: IdTokenInfoType, status: AuthorizeCertificateStatusEnumType): AuthorizeResponse {
  if (status === 'Accepted')
    return { idTokenInfo: info, certificateStatus: NO_CONTRACT.has(info.status) ? 'ContractCancelled' : 'Accepted' };
  const refused = status === 'CertificateExpired' ? 'Expired' : 'Invalid';
  return { idTokenInfo: { status: refused }, certificateStatus: status };
}
