import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { certificateHash } from './shared/certificate-hash.ts';
import { idToken, idTokenType, reportRequestId } from './shared/fields.ts';

export const customerInformation = defineCommand({
  kind: 'CustomerInformation',
  summary:
    'Have what the charge point knows of one customer reported, cleared, or both; one field names the customer (2.0.1 only; 1.6 has ClearCache and SendLocalList)',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    report: z
      .boolean()
      .describe('Whether to report it')
      .meta({ examples: [true] }),
    clear: z
      .boolean()
      .describe('Whether to clear it')
      .meta({ examples: [false] }),
    customer_identifier: z.string().min(1).max(64).optional().describe("The customer by the vendor's own identifier"),
    id_token: idToken.optional().describe('The customer by a token'),
    id_token_type: idTokenType.optional(),
    customer_certificate: grpcName('CertificateHash', z.strictObject(certificateHash))
      .optional()
      .describe('The customer by a certificate'),
  }),
  example: { report: true, clear: false, id_token: '04E91C5A223C80', id_token_type: 'ISO14443' },
  made: 'ocpp_request_id',
});
