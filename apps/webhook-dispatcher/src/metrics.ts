import type { DeliveryDepth, WebhookDeliveries } from '@ocpp-gw/persistence';
import { EVENT_TOPICS } from '@ocpp-gw/contracts';
import { DEAD_LETTER_CAUSES } from '@ocpp-gw/kafka';
import { TracedHistogram, consumerMetrics } from '@ocpp-gw/service-kit';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Subscription } from './subscriptions/subscriptions.ts';

const STATES = ['active', 'paused', 'disabled'] as const;

export const METRICS = Symbol('METRICS');

export type WebhookMetrics = ReturnType<typeof createWebhookMetrics>;

type Depths = () => ReturnType<WebhookDeliveries['depths']>;

/** Every metric of this app. The identity of a charge point is never a label; the number of subscriptions is bounded. */
export function createWebhookMetrics(registry: Registry, depths: Depths) {
  const registers = [registry];
  let known: readonly Pick<Subscription, 'name' | 'state'>[] = [];
  let reading: Promise<Awaited<ReturnType<Depths>> | undefined> | undefined;
  /** The gauges of one scrape share one reading. While the database is away they have a gap and no wrong number. */
  const read = () =>
    (reading ??= depths()
      .catch(() => undefined)
      .finally(() => (reading = undefined)));
  const gaugeOf = (name: string, help: string, valueOf: (depth: DeliveryDepth) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['subscription'],
      registers,
      async collect() {
        this.reset();
        const bySubscription = new Map(((await read()) ?? []).map((one) => [one.subscription, one]));
        for (const { name: subscription } of known) {
          const depth = bySubscription.get(subscription);
          if (depth) this.set({ subscription }, valueOf(depth));
        }
      },
    });
  };
  gaugeOf(
    'eveys_ocpp_webhook_pending',
    'Deliveries to one webhook that are pending, of all pods together; absent when there is nothing',
    ({ pending }) => pending,
  );
  gaugeOf(
    'eveys_ocpp_webhook_dead',
    'Deliveries to one webhook that are dead letters, of all pods together; absent when there is nothing',
    ({ dead }) => dead,
  );
  gaugeOf(
    'eveys_ocpp_webhook_oldest_pending_seconds',
    'Age of the oldest pending delivery to one webhook; absent when there is nothing',
    ({ oldestSeconds }) => oldestSeconds,
  );
  const state = new Gauge({
    name: 'eveys_ocpp_webhook_subscription_state',
    help: 'State of one webhook: 1 at the state that it has (active, paused or disabled), 0 at the others',
    labelNames: ['subscription', 'state'],
    registers,
  });
  return {
    /** Shows these subscriptions from now on, and no other. */
    show(subscriptions: readonly Pick<Subscription, 'name' | 'state'>[]): void {
      known = subscriptions;
      state.reset();
      for (const { name, state: now } of subscriptions)
        for (const each of STATES) state.set({ subscription: name, state: each }, each === now ? 1 : 0);
    },
    attempts: new Counter({
      name: 'eveys_ocpp_webhook_attempts_total',
      help: 'Attempts to deliver to webhooks, by outcome: delivered, retry (failed, will be tried again) or dead (failed for good)',
      labelNames: ['subscription', 'outcome'],
      registers,
    }),
    attemptSeconds: new TracedHistogram({
      name: 'eveys_ocpp_webhook_attempt_duration_seconds',
      help: 'Time that a webhook took to answer one attempt',
      labelNames: ['subscription'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
      registers,
    }),
    deliverySeconds: new TracedHistogram({
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
        this.reset();
        const found = await read();
        if (!found) return;
        this.set({ state: 'pending' }, sumOf(found, 'pending'));
        this.set({ state: 'dead' }, sumOf(found, 'dead'));
      },
    }),
    consumed: consumerMetrics(registry),
    deadLetters: deadLetterCounter(registry),
    lag: new Gauge({
      name: 'eveys_ocpp_webhook_lag_messages',
      help: 'Messages that are not read from Kafka yet, of all pods together',
      labelNames: ['topic'],
      registers,
    }),
  };
}

function sumOf(depths: Awaited<ReturnType<Depths>>, state: 'pending' | 'dead'): number {
  return depths.reduce((sum, one) => sum + one[state], 0);
}

function deadLetterCounter(registry: Registry): Counter<'topic' | 'reason'> {
  const counter = new Counter({
    name: 'eveys_ocpp_webhook_dead_letters_total',
    help: 'Messages moved to dead-letter topics, by reason: undecodable (no event) or refused (never to be taken)',
    labelNames: ['topic', 'reason'],
    registers: [registry],
  });
  // A series that begins at its first dead letter hides that one from increase().
  for (const topic of EVENT_TOPICS) for (const reason of DEAD_LETTER_CAUSES) counter.inc({ topic, reason }, 0);
  return counter;
}
