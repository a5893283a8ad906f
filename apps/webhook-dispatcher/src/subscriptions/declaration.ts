import { ALL_TOPICS } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { isKnown } from './event-pattern.ts';

/** Key sizes of the Standard Webhooks specification ("Symmetric signature"), bytes. */
const KEY_BYTES = { min: 24, max: 64 };

const url = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' }).refine(
  (value) => {
    const parsed = URL.parse(value);
    return !parsed || `${parsed.username}${parsed.password}` === '';
  },
  { error: 'must hold no user or password: receivers recognise the gateway by the signature' },
);

const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, 'must be "whsec_" followed by base64')
  .refine((value) => {
    const { length } = Buffer.from(value.slice('whsec_'.length), 'base64');
    return length >= KEY_BYTES.min && length <= KEY_BYTES.max;
  }, `must hold ${KEY_BYTES.min} to ${KEY_BYTES.max} bytes: make one with echo "whsec_$(openssl rand -base64 32)"`);

const pattern = z.string().refine(isKnown, {
  error: (issue) =>
    `"${String(issue.input)}" matches no event: use "*", a family such as "tx.*", or one of ${ALL_TOPICS.join(', ')}`,
});

const subscription = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_-]{0,62}$/,
      'must be 1 to 63 lower-case letters, digits, "-" or "_", a letter or digit first',
    ),
  url,
  secrets: z.array(secret).min(1, 'needs a secret').max(2, 'takes two secrets at most: the old and the new one'),
  events: z.array(pattern).min(1, 'needs at least one event, or ["*"] for all'),
  ordered: z.boolean().default(true),
});

/** A subscription: its URL, secrets and events. */
export type Subscription = z.infer<typeof subscription>;

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
