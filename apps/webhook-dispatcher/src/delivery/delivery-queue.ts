import type { WebhookDeliveries } from '@ocpp-gw/persistence';

type ClaimRequest = Parameters<WebhookDeliveries['claimDue']>[0];

/**
 * The operations on the table of deliveries that delivering needs. With `ordered: false` a delivery does not wait for
 * an older one of the same charge point.
 */
export interface DeliveryQueue extends Pick<
  WebhookDeliveries,
  'enqueue' | 'stillHeld' | 'claimHeld' | 'release' | 'markDelivered' | 'deleteDelivered' | 'deleteForsaken'
> {
  claimDue(request: ClaimRequest & { ordered: boolean }): ReturnType<WebhookDeliveries['claimDue']>;
  markRetry(id: string, at: Date, reason: string, status: number | undefined, ordered: boolean): Promise<void>;
  markDead(id: string, reason: string, status: number | undefined, ordered: boolean): Promise<void>;
}
