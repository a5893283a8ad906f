import { Webhook } from 'standardwebhooks';

/** The body of a webhook. docs/integration/events.md describes the payload of each type. */
export interface WebhookEvent {
  /** Such as tx.started. */
  type: string;
  timestamp: string;
  data: {
    id: string;
    schema_version: number;
    cp_id: string;
    protocol: string;
    occurred_at: string;
    recorded_at: string;
    /** Which message the payload is, such as transaction_started: some types have several. */
    payload_type: string | null;
    payload: Record<string, unknown> | null;
  };
}

/**
 * The event in a webhook, when the gateway signed it less than five minutes ago.
 * @param body as it was received, byte by byte
 * @throws WebhookVerificationError
 */
export function verifyWebhook(secret: string, headers: Record<string, string>, body: string): WebhookEvent {
  return new Webhook(secret).verify(body, headers) as WebhookEvent;
}
