import { z } from 'zod';

/** Money: a decimal number as text, so that nothing is rounded on its way, and its currency. */
export const money = z.object({
  amount: z
    .string()
    .regex(/^-?\d{1,12}(\.\d{1,4})?$/, 'must be a decimal number as text, such as "4.20"')
    .describe('Decimal number as text, such as 4.20'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency of ISO 4217, such as "EUR"')
    .describe('Currency of ISO 4217, such as EUR'),
});

export type Money = z.infer<typeof money>;
