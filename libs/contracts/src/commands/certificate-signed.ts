import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';

export const certificateSigned = defineCommand({
  kind: 'CertificateSigned',
  summary:
    'Hand over the certificate that the charge point asked for (CertificateSigned of the 1.6 security extension and of 2.0.1)',
  request: z.strictObject({
    certificate_chain: z
      .string()
      .min(1)
      .max(10_000)
      .describe("PEM: the charge point's certificate first, each signed by the next"),
    certificate_type: grpcName('CertificateSigningUse', z.enum(['ChargingStationCertificate', 'V2GCertificate']))
      .optional()
      .describe(
        "2.0.1 only, as it was asked for: the charge point's own towards the gateway, or for ISO 15118; the former when absent",
      ),
  }),
  example: { certificate_chain: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n' },
});
