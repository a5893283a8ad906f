import type { Logger } from '@ocpp-gw/service-kit';
import type { TestMessages } from '../delivery/test-messages.ts';
import type { SubscriptionFeed } from './subscription-feed.ts';

export interface SubscriptionPollOptions {
  feed: Pick<SubscriptionFeed, 'refresh'>;
  tests: Pick<TestMessages, 'look'>;
  everyMs: number;
  logger: Logger;
}

/** Asks Postgres for what REST and other dispatchers have changed. */
export class SubscriptionPoll {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: SubscriptionPollOptions) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, this.options.everyMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { feed, tests, logger } = this.options;
    try {
      await feed.refresh();
      await tests.look();
    } catch (err) {
      logger.warn('webhook subscriptions cannot be read', { err });
    }
    if (!this.stopped) this.start();
  }
}
