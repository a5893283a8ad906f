import type { DeliveryDepth } from '@ocpp-gw/persistence';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export const METRICS = Symbol('METRICS');

export type WebhookMetrics = ReturnType<typeof createWebhookMetrics>;

/** Every metric of this app. The identity of a charge point is never a label. */
export function createWebhookMetrics(registry: Registry, depth: () => Promise<DeliveryDepth>) {
  const registers = [registry];
  return {
    attempts: new Counter({
      name: 'eveys_ocpp_webhook_attempts_total',
      help: 'Attempts to deliver to webhooks, by outcome: delivered, retry (failed, will be tried again) or dead (failed for good)',
      labelNames: ['subscription', 'outcome'],
      registers,
    }),
    attemptSeconds: new Histogram({
      name: 'eveys_ocpp_webhook_attempt_duration_seconds',
      help: 'Time that a webhook took to answer one attempt',
      labelNames: ['subscription'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'eveys_ocpp_webhook_delivery_duration_seconds',
      help: 'Time from reading an event to its delivery, including retries',
      labelNames: ['subscription'],
      buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400, 43_200, 86_400],
      registers,
    }),
    depth: new Gauge({
      name: 'eveys_ocpp_webhook_deliveries',
      help: 'Deliveries to webhooks that are pending or dead letters, of all pods together',
      labelNames: ['state'],
      registers,
      async collect() {
        // While the database is away the metric has a gap and no wrong number.
        this.reset();
        const known = await depth().catch(() => undefined);
        if (!known) return;
        this.set({ state: 'pending' }, known.pending);
        this.set({ state: 'dead' }, known.dead);
      },
    }),
    lag: new Gauge({
      name: 'eveys_ocpp_webhook_lag_messages',
      help: 'Messages that are not read from Kafka yet, of all pods together',
      labelNames: ['topic'],
      registers,
    }),
  };
}
