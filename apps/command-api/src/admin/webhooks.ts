import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@ocpp-gw/contracts';
import {
  MOST_SUBSCRIPTIONS,
  type DeliveryFilter,
  type DeliveryRecord,
  type DeliveryState,
  type NewWebhookSubscription,
  type WebhookDeliveryLog,
  type WebhookState,
  type WebhookSubscriptionChanges,
  type WebhookSubscriptionRecord,
  type WebhookSubscriptions,
  type WebhookTestRecord,
  type WebhookTests,
} from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { ProblemError } from '../problems/problem-error.ts';
import type { WebhookTargets } from './webhook-targets.ts';

const SECRET_BYTES = 32;
const LOOK_MS = 200;

export interface WebhookAdminParts {
  subscriptions: Pick<WebhookSubscriptions, 'list' | 'get' | 'create' | 'change' | 'rotate' | 'setState' | 'delete'>;
  log: Pick<WebhookDeliveryLog, 'list' | 'get' | 'replay' | 'replayMatching' | 'resend' | 'deleteOf'>;
  tests: Pick<WebhookTests, 'request' | 'get'>;
  targets: Pick<WebhookTargets, 'check'>;
  logger: Logger;
  /** How long a dispatcher may take to begin a test, and how long to end it. */
  testWithinMs: { begun: number; ended: number };
}

interface WithSecret {
  subscription: WebhookSubscriptionRecord;
  secret: string;
}

/** The changes that operators make to webhooks and their deliveries. Each names who made it in the log. */
export class WebhookAdmin {
  constructor(private readonly parts: WebhookAdminParts) {}

  list(filter: { limit: number; cursor?: string }): Promise<Page<WebhookSubscriptionRecord>> {
    return this.parts.subscriptions.list(filter);
  }

  /** @throws ProblemError */
  async get(name: string): Promise<WebhookSubscriptionRecord> {
    const found = await this.parts.subscriptions.get(name);
    if (!found) throw new ProblemError('webhook-not-found');
    return found;
  }

  /** @throws ProblemError */
  async create(created: NewWebhookSubscription, given: string | undefined, by: string): Promise<WithSecret> {
    const { subscriptions, log, targets } = this.parts;
    const { name, url } = created;
    await targets.check(url);
    if (await subscriptions.get(name)) throw new ProblemError('webhook-exists');
    // What an earlier one of this name has left is not for the new one.
    await log.deleteOf(name);
    const secret = given ?? newSecret();
    const outcome = await subscriptions.create(created, secret);
    if (outcome === 'name taken') throw new ProblemError('webhook-exists');
    if (outcome === 'too many')
      throw new ProblemError('too-many-webhooks', {
        detail: `There are ${MOST_SUBSCRIPTIONS} webhooks. Delete one that is not needed, or use one webhook for more events.`,
      });
    this.note('created', name, by);
    return { subscription: await this.get(name), secret };
  }

  /** @throws ProblemError */
  async change(name: string, changes: WebhookSubscriptionChanges, by: string): Promise<WebhookSubscriptionRecord> {
    await this.managed(name);
    if (changes.url !== undefined) await this.parts.targets.check(changes.url);
    await this.parts.subscriptions.change(name, changes);
    this.note('changed', name, by);
    return this.get(name);
  }

  /** @throws ProblemError */
  async delete(name: string, by: string): Promise<void> {
    await this.managed(name);
    await this.parts.subscriptions.delete(name);
    await this.parts.log.deleteOf(name);
    this.note('deleted', name, by);
  }

  /** @throws ProblemError */
  async rotate(name: string, given: string | undefined, oldValidS: number, by: string): Promise<WithSecret> {
    await this.managed(name);
    const secret = given ?? newSecret();
    await this.parts.subscriptions.rotate(name, secret, new Date(Date.now() + oldValidS * 1000));
    this.note('given a new secret', name, by);
    return { subscription: await this.get(name), secret };
  }

  /** @throws ProblemError */
  async setState(
    name: string,
    state: Exclude<WebhookState, 'disabled'>,
    by: string,
  ): Promise<WebhookSubscriptionRecord> {
    await this.get(name);
    await this.parts.subscriptions.setState(name, state, state === 'active' ? null : `${by} paused it`);
    this.note(state === 'active' ? 'resumed' : 'paused', name, by);
    return this.get(name);
  }

  /** Waits for the dispatcher to send the message and for its outcome. @throws ProblemError */
  async test(name: string): Promise<WebhookTestRecord> {
    const { tests, testWithinMs } = this.parts;
    await this.get(name);
    const id = uuidv7();
    await tests.request(id, name);
    const since = performance.now();
    let withinMs = testWithinMs.begun;
    while (performance.now() - since < withinMs) {
      await delay(LOOK_MS);
      const test = await tests.get(id);
      if (test?.endedAt) return test;
      if (test?.takenAt) withinMs = testWithinMs.ended;
    }
    throw new ProblemError('webhook-test-unanswered');
  }

  async deliveries(
    filter: DeliveryFilter & { limit: number; cursor?: string; state?: DeliveryState },
  ): Promise<Page<DeliveryRecord>> {
    return this.parts.log.list(filter);
  }

  /** @throws ProblemError */
  async delivery(id: string): Promise<DeliveryRecord> {
    const found = await this.parts.log.get(id);
    if (!found) throw new ProblemError('webhook-delivery-not-found');
    return found;
  }

  /** @throws ProblemError */
  async replay(id: string): Promise<DeliveryRecord> {
    const known = await this.delivery(id);
    if ((await this.parts.log.replay([id])).length === 0)
      throw new ProblemError('webhook-delivery-not-dead', { members: { state: known.state } });
    return this.delivery(id);
  }

  /** @throws ProblemError */
  async replayMatching(name: string, filter: DeliveryFilter): Promise<number> {
    await this.get(name);
    return this.parts.log.replayMatching({ ...filter, subscription: name });
  }

  /** @throws ProblemError */
  async resend(name: string, filter: DeliveryFilter): Promise<number> {
    await this.get(name);
    return this.parts.log.resend({ ...filter, subscription: name });
  }

  private async managed(name: string): Promise<void> {
    const { source } = await this.get(name);
    if (source === 'configuration') throw new ProblemError('webhook-configured');
  }

  private note(what: string, subscription: string, by: string): void {
    this.parts.logger.info(`webhook ${what}`, { subscription, by });
  }
}

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}
