import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { CHALLENGE, refuse, type Refusal } from './refusal.ts';
import type { ClientCertificate } from './transport.ts';

/**
 * Guard of security profile 3: a client certificate valid for our CA whose common name is the station's serial number
 * (security whitepaper, table of certificate properties) or, as most operators issue them, its identity.
 */
export function checkClientCertificate(
  record: Pick<ChargePointRecord, 'cpId' | 'serialNumber'>,
  certificate: ClientCertificate | null,
): Refusal | null {
  if (!certificate)
    return refuse(
      401,
      'client_certificate_required',
      'this charge point is registered for security profile 3: connect with its client certificate',
      CHALLENGE,
    );
  if (certificate.fault !== null)
    return refuse(
      401,
      'client_certificate_invalid',
      `the client certificate is not valid here (${certificate.fault}): use one issued by the CA of the gateway`,
      CHALLENGE,
    );
  const name = certificate.commonName.toLowerCase();
  if (name !== '' && [record.cpId, record.serialNumber].some((known) => known?.toLowerCase() === name)) return null;
  return refuse(
    401,
    'client_certificate_invalid',
    'the common name of the client certificate must be the identity in the URL, or the serial number of the charge point',
    CHALLENGE,
  );
}
