import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { certificateHash } from './shared/certificate-hash.ts';
import { idToken, idTokenType, reportRequestId } from './shared/fields.ts';
import { notExactlyOneOf, refusing } from './shared/rules.ts';

export const customerInformation = defineCommand({
  kind: 'CustomerInformation',
  job: 'authorization',
  summary:
    'Make the charge point report or clear what it knows about one customer, or both; exactly one field names the customer (2.0.1 only; 1.6 has ClearCache and SendLocalList)',
  request: z
    .strictObject({
      ocpp_request_id: reportRequestId,
      report: z
        .boolean()
        .describe('Whether the charge point reports what it knows about the customer')
        .meta({ examples: [true] }),
      clear: z
        .boolean()
        .describe('Whether the charge point clears what it knows about the customer')
        .meta({ examples: [false] }),
      customer_identifier: z
        .string()
        .min(1)
        .max(64)
        .optional()
        .describe('Identifier that the vendor uses for the customer'),
      id_token: idToken.optional().describe('Id token of the customer'),
      id_token_type: idTokenType.optional(),
      customer_certificate: grpcName('CertificateHash', z.strictObject(certificateHash))
        .optional()
        .describe('Certificate of the customer'),
    })
    .meta(
      refusing(...notExactlyOneOf('customer_identifier', 'id_token', 'customer_certificate'), {
        properties: { report: { const: false }, clear: { const: false } },
      }),
    ),
  example: { report: true, clear: false, id_token: '04E91C5A223C80', id_token_type: 'ISO14443' },
  made: 'ocpp_request_id',
});
