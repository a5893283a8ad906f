import { EntitySchema } from 'typeorm';
import { entityColumns, type RecordOf } from '../tables/record.ts';

export interface WebhookDeliveryEntity extends RecordOf<'webhook_deliveries'> {
  state: 'pending' | 'delivered' | 'dead';
}

export const webhookDeliveryEntity = new EntitySchema<WebhookDeliveryEntity>({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  columns: entityColumns<WebhookDeliveryEntity>('webhook_deliveries', [], {
    id: { primary: true, generated: 'increment' },
    state: { default: 'pending' },
    attempts: { default: 0 },
    createdAt: { createDate: true },
  }),
});
