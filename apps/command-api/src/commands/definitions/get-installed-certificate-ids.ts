import { z } from 'zod';
import { certificateUse, hashAlgorithm } from '../certificate-hash.ts';
import { defineCommand } from '../define-command.ts';
import { request } from '../fields.ts';

export const getInstalledCertificateIds = defineCommand({
  kind: 'GetInstalledCertificateIds',
  slug: 'get-installed-certificate-ids',
  summary:
    'Ask which root certificates are installed (GetInstalledCertificateIds of the 1.6 security extension and of 2.0.1)',
  request: request({ certificate_type: certificateUse }),
  example: { certificate_type: 'CentralSystemRootCertificate' },
  answer: {
    certificates: z
      .array(
        // As the charge point writes them: its hashes are not ours to judge.
        z.object({
          hash_algorithm: hashAlgorithm,
          issuer_name_hash: z.string().describe("Of the issuer's distinguished name"),
          issuer_key_hash: z.string().describe("Of the issuer's public key"),
          serial_number: z.string().describe('Hexadecimal'),
        }),
      )
      .default([])
      .describe('As delete-certificate takes them'),
  },
});
