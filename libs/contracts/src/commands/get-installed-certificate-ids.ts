import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { hashAlgorithm, installedCertificateUse } from './shared/certificate-hash.ts';
import { orNull } from './shared/fields.ts';

export const getInstalledCertificateIds = defineCommand({
  kind: 'GetInstalledCertificateIds',
  summary:
    'Ask which certificates are installed (GetInstalledCertificateIds of the 1.6 security extension and of 2.0.1)',
  request: z.strictObject({
    certificate_types: z
      .array(installedCertificateUse)
      .optional()
      .describe('1.6: exactly one. 2.0.1: absent or empty for all'),
  }),
  example: { certificate_types: ['CentralSystemRootCertificate'] },
  answer: {
    certificates: z
      .array(
        // As the charge point writes them: its hashes are not ours to judge.
        grpcName(
          'InstalledCertificate',
          z.object({
            certificate_type: orNull(installedCertificateUse).describe('null where the charge point does not say'),
            hash_algorithm: hashAlgorithm,
            issuer_name_hash: z.string().describe("Of the issuer's distinguished name"),
            issuer_key_hash: z.string().describe("Of the issuer's public key"),
            serial_number: z.string().describe('Hexadecimal'),
          }),
        ),
      )
      .default([])
      .describe('As delete-certificate takes them; 2.0.1: what a chain holds is listed one by one'),
  },
});
