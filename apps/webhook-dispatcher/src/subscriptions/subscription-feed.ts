import type { SigningSubscription, WebhookSubscriptions } from '@ocpp-gw/persistence';
import { ConfigError, type Logger } from '@ocpp-gw/service-kit';
import type { DeclaredSubscription } from './declaration.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

export interface SubscriptionFeedOptions {
  configured: readonly DeclaredSubscription[];
  store: Pick<WebhookSubscriptions, 'fingerprint' | 'allWithSecrets' | 'mirrorConfigured'>;
  subscriptions: Subscriptions;
  /** Called after the subscriptions have changed. */
  changed: () => void;
  logger: Logger;
}

/** Keeps the subscriptions of this process as Postgres has them, whichever pod or request changed them. */
export class SubscriptionFeed {
  private fingerprint: string | undefined;

  constructor(private readonly options: SubscriptionFeedOptions) {}

  /** @throws ConfigError when a subscription of the configuration has the name of one that REST manages */
  async start(): Promise<void> {
    const { configured, store } = this.options;
    const taken = await store.mirrorConfigured(configured);
    if (taken.length > 0)
      throw new ConfigError(
        taken.map(
          (name) =>
            `EVEYS_OCPP_WEBHOOKS at ${configured.findIndex((one) => one.name === name)}.name: "${name}" is the name of a ` +
            'subscription that is managed over REST: delete that one or use another name',
        ),
      );
    await this.refresh();
  }

  /** Reads the subscriptions where any has changed. */
  async refresh(): Promise<void> {
    const { store, subscriptions, changed, logger } = this.options;
    const fingerprint = await store.fingerprint();
    if (fingerprint === this.fingerprint) return;
    const read = await store.allWithSecrets();
    subscriptions.replace(this.merged(read));
    this.fingerprint = fingerprint;
    for (const { name, secrets } of subscriptions.all)
      if (secrets.length === 0)
        logger.error('webhook subscription has no secret that this process can decrypt', {
          subscription: name,
          variable: 'EVEYS_OCPP_WEBHOOK_SECRET_KEY',
        });
    changed();
  }

  /** What the configuration declares counts here, whatever a pod with another one has written; the state is shared. */
  private merged(read: readonly SigningSubscription[]): Subscription[] {
    const states = new Map(read.map(({ subscription }) => [subscription.name, subscription.state]));
    const declared = this.options.configured.map(({ secrets, ...one }) => ({
      ...one,
      state: states.get(one.name) ?? 'active',
      secrets: secrets.map((value) => ({ value, until: null })),
    }));
    const managed = read
      .filter(({ subscription: { source, name } }) => source === 'api' && !declared.some((one) => one.name === name))
      .map(({ subscription: { name, url, events, ordered, state }, secrets }) => ({
        name,
        url,
        events,
        ordered,
        state,
        secrets,
      }));
    return [...declared, ...managed];
  }
}
