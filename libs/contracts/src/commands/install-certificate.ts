import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { certificateUse } from './shared/certificate-hash.ts';
import { pem } from './shared/fields.ts';

export const installCertificate = defineCommand({
  kind: 'InstallCertificate',
  job: 'certificates',
  summary: 'Install a root certificate (InstallCertificate of the 1.6 security extension and of 2.0.1)',
  request: z.strictObject({
    certificate_type: certificateUse,
    certificate: pem(5500).describe('One certificate of a certificate authority, PEM'),
  }),
  example: {
    certificate_type: 'CentralSystemRootCertificate',
    certificate: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n',
  },
});
