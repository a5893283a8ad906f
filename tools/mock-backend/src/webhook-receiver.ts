import { Webhook } from 'standardwebhooks';
import type { Request, Response } from './http.ts';
import type { Journal, ReceivedWebhook } from './journal.ts';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A subscriber as the Standard Webhooks specification wants it: verifies, then answers 2xx at once. */
export class WebhookReceiver {
  readonly #webhook: Webhook;
  readonly #journal: Journal<ReceivedWebhook>;

  constructor(secret: string, journal: Journal<ReceivedWebhook>) {
    this.#webhook = new Webhook(secret);
    this.#journal = journal;
  }

  receive({ headers, body }: Request): Response {
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    let event: unknown;
    try {
      event = this.#webhook.verify(body, signed);
    } catch (error) {
      return { status: 401, body: { error: `signature: ${(error as Error).message} (MOCK_BACKEND_WEBHOOK_SECRET)` } };
    }
    const fields = (typeof event === 'object' && event !== null ? event : {}) as Record<string, unknown>;
    this.#journal.add({
      at: new Date().toISOString(),
      webhook_id: String(headers['webhook-id']),
      type: text(fields['type']),
      // The identity may stand beside the type or inside the event's data.
      cp_id: text(fields['cp_id']) ?? text((fields['data'] as Record<string, unknown> | undefined)?.['cp_id']),
      body: event,
    });
    return { status: 204 };
  }
}
