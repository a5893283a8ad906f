import type { CertificateSigningRequested, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.security → certificate_signing_requests. */
export function signingRequestRows(event: Event, requested: CertificateSigningRequested): Row[] {
  return [
    {
      table: 'certificate_signing_requests',
      columns: {
        ...envelope(event),
        csr: requested.csr,
        status: requested.status,
        refusal: requested.refusal,
        common_name: requested.commonName,
        certificate_type: requested.certificateType,
      },
    },
  ];
}
