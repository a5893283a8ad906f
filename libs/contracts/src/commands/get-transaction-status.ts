import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { orNull, transactionId } from './shared/fields.ts';

export const getTransactionStatus = defineCommand({
  kind: 'GetTransactionStatus',
  job: 'charging',
  summary: 'Ask whether the charge point has messages of a transaction that it has not sent (2.0.1 only; 1.6 has none)',
  request: z.strictObject({
    transaction_id: transactionId
      .optional()
      .describe('Transaction to ask about; absent means messages of any transaction'),
  }),
  example: { transaction_id: '3f8a1c0e-6a0b-4d53-9a57-1f4f9d2f0c11' },
  answer: {
    ongoing: orNull(z.boolean()).describe('Whether the transaction still runs; null when no transaction was named'),
    messages_in_queue: z.boolean().describe('Whether the charge point has messages that it has not sent'),
  },
});
