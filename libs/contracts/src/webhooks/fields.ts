import { z } from 'zod';
import { EVENT_TOPICS } from '../topics.ts';
import { EVENT_PATTERNS, isEventPattern } from './event-pattern.ts';

/** Key sizes of the Standard Webhooks specification ("Symmetric signature"), bytes. */
const KEY_BYTES = { min: 24, max: 64 };

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
  .max(2000)
  .refine(
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
  }, `must hold ${KEY_BYTES.min} to ${KEY_BYTES.max} bytes: make one with echo "whsec_$(openssl rand -base64 32)"`)
  // In base64.
  .meta({ pattern: '^whsec_[A-Za-z0-9+/]{32,86}={0,2}$' });

const pattern = z
  .string()
  .refine(isEventPattern, {
    error: (issue) =>
      `"${String(issue.input)}" matches no event: use "*", a family such as "tx.*", or one of ${EVENT_TOPICS.join(', ')}`,
  })
  .meta({ pattern: EVENT_PATTERNS });

/** The fields of a webhook subscription, wherever it is written. */
export const webhookFields = {
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_-]{0,62}$/,
      'must be 1 to 63 lower-case letters, digits, "-" or "_", a letter or digit first',
    ),
  url,
  secret,
  events: z.array(pattern).min(1, 'needs at least one event, or ["*"] for all').max(100),
};
