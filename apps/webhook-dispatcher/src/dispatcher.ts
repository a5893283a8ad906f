import { CONSUMED, CONSUMERS, type Topic } from '@ocpp-gw/contracts';
import { EventConsumer, type DecodedBatch, type PartitionLag } from '@ocpp-gw/kafka';
import type { Database, WebhookSubscriptions, WebhookTests } from '@ocpp-gw/persistence';
import { inBatchSpan, isTracing, messagingSpan, type Logger } from '@ocpp-gw/service-kit';
import type { Agent } from 'undici';
import type { Config } from './config.ts';
import { Attempts } from './delivery/attempts.ts';
import type { DeliveryQueue } from './delivery/delivery-queue.ts';
import { Intake } from './delivery/intake.ts';
import { post, type Post } from './delivery/post.ts';
import { Retention } from './delivery/retention.ts';
import { DEFAULT_SCHEDULE } from './delivery/schedule.ts';
import { TestMessages } from './delivery/test-messages.ts';
import { tracedAttempts, tracedPosts } from './delivery/traced.ts';
import { Watermark } from './delivery/watermark.ts';
import { WatermarkReader } from './delivery/watermark-reader.ts';
import { Workers } from './delivery/workers.ts';
import type { WebhookMetrics } from './metrics.ts';
import { SubscriptionFeed } from './subscriptions/subscription-feed.ts';
import { SubscriptionPoll } from './subscriptions/subscription-poll.ts';
import { Subscriptions, type Subscription } from './subscriptions/subscriptions.ts';
import { createTargetAgent } from './targets/target-agent.ts';

/** How often a delivery worker asks for due deliveries. New ones of its own process wake it at once. */
const POLL_MS = 1_000;
/** How often the progress is read while ordered deliveries wait for it. */
const PROGRESS_MS = 500;
/** Short compared to the time that the order of a charge point's events takes (docs/adr/0010). */
const GATHER_MS = 100;
/** Time to write the outcome of an attempt before its claim expires. */
const LEASE_MARGIN_MS = 15_000;

export interface DispatcherParts {
  config: Config;
  database: Database;
  queue: DeliveryQueue;
  store: WebhookSubscriptions;
  tests: WebhookTests;
  metrics: WebhookMetrics;
  logger: Logger;
}

/**
 * Two parts that share the table of deliveries. The intake turns events into rows and commits the offsets. The delivery
 * workers, one for each active subscription, deliver the rows. Neither waits for the other.
 */
export class Dispatcher {
  readonly consumer: EventConsumer;
  private readonly parts: DispatcherParts;
  private readonly agent: Agent;
  private readonly subscriptions = new Subscriptions();
  private readonly feed: SubscriptionFeed;
  private readonly poll: SubscriptionPoll;
  private readonly testMessages: TestMessages;
  private readonly watermarkReader: WatermarkReader;
  private readonly workers: Workers;
  private readonly retention: Retention;

  constructor(parts: DispatcherParts) {
    const { config, queue, store, tests, metrics, logger } = parts;
    const { subscriptions } = this;
    const timeoutMs = config.EVEYS_OCPP_WEBHOOK_TIMEOUT_S * 1000;
    const agent = createTargetAgent({ allowPrivate: config.EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS, timeoutMs });
    const posted = (request: Post) => post(agent, request);
    const send = isTracing() ? tracedPosts(posted) : posted;
    const attempts = new Attempts({
      queue,
      disable: (subscription, reason) => this.disable(subscription, reason),
      post: send,
      schedule: {
        ...DEFAULT_SCHEDULE,
        maxAttempts: config.EVEYS_OCPP_WEBHOOK_MAX_ATTEMPTS,
        baseMs: config.EVEYS_OCPP_WEBHOOK_RETRY_BASE_S * 1000,
      },
      timeoutMs,
      metrics,
      logger,
    });
    const watermark = new Watermark();
    const topics = CONSUMED[CONSUMERS.dispatcher];
    const isWanted = (topic: Topic) => subscriptions.wanting(topic).length > 0;
    this.parts = parts;
    this.agent = agent;
    this.workers = new Workers(subscriptions, {
      settledBefore: () => watermark.settledBefore,
      queue,
      attempt: isTracing() ? tracedAttempts(attempts.run.bind(attempts)) : attempts.run.bind(attempts),
      concurrency: config.EVEYS_OCPP_WEBHOOK_CONCURRENCY,
      leaseMs: timeoutMs + LEASE_MARGIN_MS,
      pollMs: POLL_MS,
      logger,
    });
    this.feed = new SubscriptionFeed({
      configured: config.EVEYS_OCPP_WEBHOOKS,
      store,
      subscriptions,
      changed: () => this.changed(),
      logger,
    });
    this.testMessages = new TestMessages({ tests, subscriptions, post: send, timeoutMs, logger });
    this.poll = new SubscriptionPoll({ feed: this.feed, tests: this.testMessages, everyMs: POLL_MS, logger });
    this.retention = new Retention(queue, tests, logger);
    this.watermarkReader = new WatermarkReader({
      watermark,
      topics: () => topics.filter(isWanted),
      progressOf: (wanted) => this.consumer.progressOf(wanted),
      rose: () => this.workers.wake(),
      everyMs: PROGRESS_MS,
      logger,
    });
    const intake = new Intake({
      subscriptions,
      queue,
      holds: (name) => this.workers.holds(name),
      hold: (name, deliveries) => this.workers.hold(name, deliveries),
      enqueued: (names) => {
        this.workers.wake(names);
        this.watermarkReader.enqueued();
      },
    });
    this.consumer = new EventConsumer({
      brokers: config.EVEYS_OCPP_KAFKA_BROKERS,
      clientId: config.EVEYS_OCPP_POD_NAME,
      groupId: CONSUMERS.dispatcher,
      // All topics are read, also those that nobody wants, so that a subscription that is added later starts with new
      // events.
      topics,
      wants: isWanted,
      onBatch: ({ topic, messages }: DecodedBatch) => {
        const events = messages.map(({ event }) => event);
        const request = messagingSpan('process', { system: 'kafka', destination: topic, count: events.length });
        return inBatchSpan(
          request,
          events.map(({ traceparent }) => traceparent),
          () => intake.accept(events),
        );
      },
      onDeadLetter: (topic, reason) => metrics.deadLetters.inc({ topic, reason }),
      onTaken: metrics.consumed.taken,
      gatherMs: GATHER_MS,
      onLag: (lag) => {
        report(metrics, lag);
        // Rows of a dispatcher that is gone are delivered here.
        this.watermarkReader.enqueued();
      },
      logger,
    });
  }

  async start(): Promise<void> {
    await this.parts.database.start();
    await this.feed.start();
    this.poll.start();
    this.retention.start();
    await this.consumer.start();
  }

  /** Stops to make rows. Rows that were made are committed. */
  async stopIntake(): Promise<void> {
    await this.watermarkReader.stop();
    await this.consumer.stop();
  }

  /** Stops to begin attempts. Running ones end, and their outcomes are written. */
  async stopWorkers(): Promise<void> {
    this.retention.stop();
    await this.poll.stop();
    await Promise.all([this.workers.stop(), this.testMessages.stop()]);
    await this.agent.close();
    await this.parts.database.stop();
  }

  private changed(): void {
    this.parts.metrics.show(this.subscriptions.all);
    this.workers.reconcile();
  }

  private async disable(subscription: Subscription, reason: string): Promise<void> {
    const { store, logger } = this.parts;
    const { name, url } = subscription;
    if (!(await store.disable(name, url, reason))) return;
    this.subscriptions.disable(name);
    this.changed();
    logger.error('webhook subscription disabled', { subscription: name, reason });
  }
}

function report(metrics: WebhookMetrics, lag: readonly PartitionLag[]): void {
  for (const [topic, partitions] of Map.groupBy(lag, (partition) => partition.topic))
    metrics.lag.set(
      { topic },
      partitions.reduce((sum, partition) => sum + partition.lag, 0),
    );
}
