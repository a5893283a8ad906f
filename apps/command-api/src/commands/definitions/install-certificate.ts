import { z } from 'zod';
import { checkRootCertificate } from '../certificate-checks.ts';
import { certificateUse } from '../certificate-hash.ts';
import { defineCommand } from '../define-command.ts';
import { request } from '../fields.ts';

export const installCertificate = defineCommand({
  kind: 'InstallCertificate',
  slug: 'install-certificate',
  summary: 'Install a root certificate (InstallCertificate of the 1.6 security extension and of 2.0.1)',
  request: request({
    certificate_type: certificateUse,
    certificate: z.string().min(1).max(5500).describe('One CA certificate, PEM'),
  }),
  example: {
    certificate_type: 'CentralSystemRootCertificate',
    certificate: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n',
  },
  check: ({ certificate }, { now }) => checkRootCertificate(certificate, now),
});
