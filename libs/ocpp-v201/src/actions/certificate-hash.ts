import type { OcspQuery } from '@ocpp-gw/ocpp-j';
import type { OCSPRequestDataType } from '#generated/messages.d.ts';

/** The responder to ask about a certificate, and the hashes that identify it. */
export function ocspQuery({
  hashAlgorithm,
  issuerNameHash,
  issuerKeyHash,
  serialNumber,
  responderURL,
}: OCSPRequestDataType): OcspQuery {
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber, responderUrl: responderURL };
}
