import { EntitySchema } from 'typeorm';

export interface WebhookDeliveryEntity {
  /** bigint as text. */
  id: string;
  subscription: string;
  eventId: string;
  eventType: string;
  cpId: string;
  body: string;
  recordedAt: Date;
  state: 'pending' | 'delivered' | 'dead';
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
  lastStatus: number | null;
  createdAt: Date;
  deliveredAt: Date | null;
}

export const webhookDeliveryEntity = new EntitySchema<WebhookDeliveryEntity>({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    subscription: { type: 'text' },
    eventId: { name: 'event_id', type: 'uuid' },
    eventType: { name: 'event_type', type: 'text' },
    cpId: { name: 'cp_id', type: 'text' },
    body: { type: 'text' },
    recordedAt: { name: 'recorded_at', type: 'timestamptz' },
    state: { type: 'text', default: 'pending' },
    attempts: { type: 'integer', default: 0 },
    nextAttemptAt: { name: 'next_attempt_at', type: 'timestamptz' },
    lastError: { name: 'last_error', type: 'text', nullable: true },
    lastStatus: { name: 'last_status', type: 'integer', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    deliveredAt: { name: 'delivered_at', type: 'timestamptz', nullable: true },
  },
});
