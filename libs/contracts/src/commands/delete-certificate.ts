import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { certificateHash } from './shared/certificate-hash.ts';

export const deleteCertificate = defineCommand({
  kind: 'DeleteCertificate',
  job: 'certificates',
  summary: 'Delete an installed certificate (DeleteCertificate of the 1.6 security extension and of 2.0.1)',
  request: z.strictObject(certificateHash),
  example: {
    hash_algorithm: 'SHA256',
    issuer_name_hash: 'aa',
    issuer_key_hash: 'bb',
    serial_number: '1f',
  },
});
