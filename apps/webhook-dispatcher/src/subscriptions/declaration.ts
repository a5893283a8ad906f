import { webhookFields } from '@ocpp-gw/contracts';
import { z } from 'zod';

const { secret, ...fields } = webhookFields;

const subscription = z.strictObject({
  ...fields,
  secrets: z.array(secret).min(1, 'needs a secret').max(2, 'takes two secrets at most: the old and the new one'),
  ordered: z.boolean().default(true),
});

/** A subscription as the configuration declares it. */
export type DeclaredSubscription = z.infer<typeof subscription>;

const subscriptions = z
  .array(subscription, { error: 'must be a JSON array of subscriptions' })
  .superRefine((list, context) => {
    list.forEach(({ name }, index) => {
      const first = list.findIndex((other) => other.name === name);
      if (first < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `"${name}" is the name of subscription ${first} already: deliveries are kept by name`,
        });
    });
  });

/** Reads EVEYS_OCPP_WEBHOOKS, which is JSON, and checks every field. */
export const subscriptionsVariable = z
  .string()
  .default('[]')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `is no JSON: ${(error as Error).message.replace(/ in JSON|, "[^]*$/g, '')}`,
      });
      return z.NEVER;
    }
  })
  .pipe(subscriptions);
