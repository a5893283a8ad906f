import { certificateHash } from '../certificate-hash.ts';
import { defineCommand } from '../define-command.ts';
import { request } from '../fields.ts';

export const deleteCertificate = defineCommand({
  kind: 'DeleteCertificate',
  slug: 'delete-certificate',
  summary: 'Delete an installed certificate (DeleteCertificate of the 1.6 security extension and of 2.0.1)',
  request: request(certificateHash),
  example: {
    hash_algorithm: 'SHA256',
    issuer_name_hash: 'aa',
    issuer_key_hash: 'bb',
    serial_number: '1f',
  },
});
