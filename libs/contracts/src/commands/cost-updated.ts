import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { transactionId } from './shared/fields.ts';

export const costUpdated = defineCommand({
  kind: 'CostUpdated',
  job: 'charging',
  summary: 'Show the driver what a transaction costs so far (2.0.1 only; 1.6 has DataTransfer)',
  nearest: 'data-transfer',
  request: z.strictObject({
    transaction_id: transactionId,
    total_cost: z
      .number()
      .describe('Cost with taxes, in the currency of the charge point')
      .meta({ examples: [3.31] }),
  }),
  example: { transaction_id: '3f8a1c0e-6a0b-4d53-9a57-1f4f9d2f0c11', total_cost: 3.31 },
});
