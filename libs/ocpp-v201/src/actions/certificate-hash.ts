import type { OcspQuery } from '@ocpp-gw/ocpp-j';
import type { OCSPRequestDataType } from '#generated/messages.d.ts';

/** Whom to ask about a certificate, and under which name. */
export function ocspQuery({
  hashAlgorithm,
  issuerNameHash,
  issuerKeyHash,
  serialNumber,
  responderURL,
}: OCSPRequestDataType): OcspQuery {
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber, responderUrl: responderURL };
}
