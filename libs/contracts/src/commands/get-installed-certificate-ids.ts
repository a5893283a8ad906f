import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { hashAlgorithm, installedCertificateUse } from './shared/certificate-hash.ts';
import { orNull } from './shared/fields.ts';

export const getInstalledCertificateIds = defineCommand({
  kind: 'GetInstalledCertificateIds',
  job: 'certificates',
  summary:
    'Ask which certificates are installed (GetInstalledCertificateIds of the 1.6 security extension and of 2.0.1)',
  request: z.strictObject({
    certificate_types: z
      .array(installedCertificateUse)
      .optional()
      .describe('Types to list. OCPP 1.6 needs exactly one; for 2.0.1, absent or empty means all'),
  }),
  example: { certificate_types: ['CentralSystemRootCertificate'] },
  answer: {
    certificates: z
      .array(
        // The hashes are passed on as the charge point wrote them, without a check.
        grpcName(
          'InstalledCertificate',
          z.object({
            certificate_type: orNull(installedCertificateUse).describe(
              'Use of the certificate; null when the charge point does not send it',
            ),
            hash_algorithm: hashAlgorithm,
            issuer_name_hash: z.string().describe('Hash of the distinguished name of the issuer'),
            issuer_key_hash: z.string().describe('Hash of the public key of the issuer'),
            serial_number: z.string().describe('Serial number of the certificate, hexadecimal'),
          }),
        ),
      )
      .default([])
      .describe(
        'Certificates with the values that delete-certificate needs. For 2.0.1 the certificates of a chain are listed one by one',
      ),
  },
});
