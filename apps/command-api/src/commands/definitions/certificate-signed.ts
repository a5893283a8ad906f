import { z } from 'zod';
import { checkCertificateChain } from '../certificate-checks.ts';
import { defineCommand } from '../define-command.ts';
import { request } from '../fields.ts';

export const certificateSigned = defineCommand({
  kind: 'CertificateSigned',
  slug: 'certificate-signed',
  summary:
    'Hand over the certificate that the charge point asked for (CertificateSigned of the 1.6 security extension and of 2.0.1)',
  request: request({
    certificate_chain: z
      .string()
      .min(1)
      .max(10_000)
      .describe("PEM: the charge point's certificate first, each signed by the next"),
    certificate_type: z
      .enum(['ChargingStationCertificate', 'V2GCertificate'])
      .optional()
      .describe(
        "2.0.1 only, as it was asked for: the charge point's own towards the gateway, or for ISO 15118; the former when absent",
      ),
  }),
  example: { certificate_chain: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n' },
  check: async ({ certificate_chain, certificate_type = 'ChargingStationCertificate' }, { now, openSigning }) =>
    checkCertificateChain(certificate_chain, { now, signing: await openSigning(certificate_type) }),
});
