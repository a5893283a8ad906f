import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { pem } from './shared/fields.ts';

export const certificateSigned = defineCommand({
  kind: 'CertificateSigned',
  job: 'certificates',
  summary:
    'Send the certificate that the charge point requested (CertificateSigned of the 1.6 security extension and of 2.0.1)',
  request: z.strictObject({
    certificate_chain: pem(10_000).describe(
      'Certificate chain, PEM: the certificate of the charge point comes first, and each is signed by the next',
    ),
    certificate_type: grpcName('CertificateSigningUse', z.enum(['ChargingStationCertificate', 'V2GCertificate']))
      .optional()
      .describe(
        'Type that the charge point requested (2.0.1 only): ChargingStationCertificate for the gateway, V2GCertificate for ISO 15118; ' +
          'absent means ChargingStationCertificate',
      ),
  }),
  example: { certificate_chain: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n' },
});
