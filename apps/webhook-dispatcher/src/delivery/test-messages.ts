import type { WebhookTests } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { secretsAt, type Subscription, type Subscriptions } from '../subscriptions/subscriptions.ts';
import type { Post } from './post.ts';
import { sign } from './signature.ts';
import type { Answer } from './verdict.ts';

const AT_ONCE = 10;

export interface TestMessagesOptions {
  tests: Pick<WebhookTests, 'take' | 'finish'>;
  subscriptions: Subscriptions;
  post: (post: Post) => Promise<Answer>;
  timeoutMs: number;
  logger: Logger;
}

/** Sends the test messages that operators ask for: once each, at once, and to a subscription in any state. */
export class TestMessages {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly options: TestMessagesOptions) {}

  async look(): Promise<void> {
    for (const { id, subscription } of await this.options.tests.take(AT_ONCE)) {
      const running = this.send(id, subscription)
        .catch((err: unknown) => {
          this.options.logger.error('outcome of a webhook test cannot be written', { subscription, err });
        })
        .finally(() => this.running.delete(running));
      this.running.add(running);
    }
  }

  /** Resolves when the running ones have ended. */
  async stop(): Promise<void> {
    await Promise.all(this.running);
  }

  private async send(id: string, name: string): Promise<void> {
    const { tests, subscriptions } = this.options;
    const since = performance.now();
    const subscription = subscriptions.get(name);
    const answer = subscription ? await this.post(id, subscription) : failed('the dispatcher has no such subscription');
    await tests.finish(id, {
      status: answer.kind === 'answered' ? answer.status : null,
      error: answer.kind === 'failed' ? answer.reason : null,
      durationMs: Math.round(performance.now() - since),
    });
  }

  private async post(id: string, subscription: Subscription): Promise<Answer> {
    const now = new Date();
    const secrets = secretsAt(subscription, now);
    if (secrets.length === 0) return failed('the dispatcher has no secret to sign with');
    const body = JSON.stringify({
      type: 'webhook.test',
      timestamp: now,
      data: { id, subscription: subscription.name },
    });
    const { post, timeoutMs } = this.options;
    return post({ url: subscription.url, headers: sign(id, now, body, secrets), body, timeoutMs });
  }
}

function failed(reason: string): Answer {
  return { kind: 'failed', reason };
}
