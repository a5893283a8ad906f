import { Webhook } from 'standardwebhooks';

export interface Signed {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * Headers of the Standard Webhooks specification. The id is the same on every attempt, so that receivers can deduplicate;
 * the time is the attempt's, so that receivers can refuse replays. One signature a secret, so that either verifies.
 */
export function sign(id: string, at: Date, body: string, secrets: readonly string[]): Signed {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
