import type { WebhookDeliveries } from '@ocpp-gw/persistence';

type ClaimRequest = Parameters<WebhookDeliveries['claimDue']>[0];

/**
 * What delivering needs of the table of deliveries. `ordered: false` asks it not to hold a charger's deliveries back behind
 * an older one.
 */
export interface DeliveryQueue extends Pick<WebhookDeliveries, 'enqueue' | 'markDelivered' | 'deleteDelivered'> {
  claimDue(request: ClaimRequest & { ordered: boolean }): ReturnType<WebhookDeliveries['claimDue']>;
  markRetry(id: string, at: Date, reason: string, status: number | undefined, ordered: boolean): Promise<void>;
  markDead(id: string, reason: string, status: number | undefined, ordered: boolean): Promise<void>;
}
