import { ALL_TOPICS, CONSUMERS } from '@ocpp-gw/contracts';
import { EventConsumer, type DecodedBatch, type PartitionLag } from '@ocpp-gw/kafka';
import type { Database } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Agent } from 'undici';
import type { Config } from './config.ts';
import { Attempts } from './delivery/attempts.ts';
import type { DeliveryQueue } from './delivery/delivery-queue.ts';
import { Intake } from './delivery/intake.ts';
import { SubscriptionWorker } from './delivery/subscription-worker.ts';
import { post } from './delivery/post.ts';
import { Retention } from './delivery/retention.ts';
import { DEFAULT_SCHEDULE } from './delivery/schedule.ts';
import { Watermark } from './delivery/watermark.ts';
import type { WebhookMetrics } from './metrics.ts';
import { Subscriptions } from './subscriptions/subscriptions.ts';
import { createTargetAgent } from './targets/target-agent.ts';

/** How often a delivery worker asks for due deliveries. New ones of its own process wake it at once. */
const POLL_MS = 1_000;
/** How often the progress over all topics is read. In quiet times an ordered delivery waits at most this long. */
const PROGRESS_MS = 500;
/** Short compared to the time that the order of a charge point's events takes (docs/adr/0010). */
const GATHER_MS = 100;
/** Time to write the outcome of an attempt before its claim expires. */
const LEASE_MARGIN_MS = 15_000;

export interface DispatcherParts {
  config: Config;
  database: Database;
  queue: DeliveryQueue;
  metrics: WebhookMetrics;
  logger: Logger;
}

/**
 * Two parts that share the table of deliveries. The intake turns events into rows and commits the offsets. The delivery
 * workers, one for each subscription, deliver the rows. Neither waits for the other.
 */
export class Dispatcher {
  readonly consumer: EventConsumer;
  private readonly database: Database;
  private readonly agent: Agent;
  private readonly workers: ReadonlyMap<string, SubscriptionWorker>;
  private readonly retention: Retention;

  constructor({ config, database, queue, metrics, logger }: DispatcherParts) {
    this.database = database;
    const timeoutMs = config.EVEYS_OCPP_WEBHOOK_TIMEOUT_S * 1000;
    const agent = createTargetAgent({ allowPrivate: config.EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS, timeoutMs });
    const subscriptions = new Subscriptions(config.EVEYS_OCPP_WEBHOOKS);
    const attempts = new Attempts({
      queue,
      subscriptions,
      post: (request) => post(agent, request),
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
    const worker = {
      settledBefore: () => watermark.settledBefore,
      subscriptions,
      queue,
      attempt: attempts.run.bind(attempts),
      concurrency: config.EVEYS_OCPP_WEBHOOK_CONCURRENCY,
      leaseMs: timeoutMs + LEASE_MARGIN_MS,
      pollMs: POLL_MS,
      logger,
    };
    this.agent = agent;
    this.workers = new Map(
      subscriptions.all.map((one) => [one.name, new SubscriptionWorker({ ...worker, subscription: one })]),
    );
    this.retention = new Retention(queue, logger);
    const intake = new Intake({ subscriptions, queue, enqueued: (names) => this.wake(names) });
    this.consumer = new EventConsumer({
      brokers: config.EVEYS_OCPP_KAFKA_BROKERS,
      clientId: config.EVEYS_OCPP_POD_NAME,
      groupId: CONSUMERS.dispatcher,
      // All topics are read, also those that nobody wants, so that a subscription that is added later starts with new
      // events.
      topics: ALL_TOPICS,
      wants: (topic) => subscriptions.wanting(topic).length > 0,
      onBatch: (batch: DecodedBatch) => intake.accept(batch.messages.map((message) => message.event)),
      gatherMs: GATHER_MS,
      lagIntervalMs: PROGRESS_MS,
      onLag: (lag, readAt) => {
        report(metrics, lag);
        if (watermark.observe(lag, readAt)) this.wake(this.workers.keys());
      },
      logger,
    });
  }

  async start(): Promise<void> {
    await this.database.start();
    for (const worker of this.workers.values()) worker.start();
    this.retention.start();
    await this.consumer.start();
  }

  /** Stops to make rows. Rows that were made are committed. */
  async stopIntake(): Promise<void> {
    await this.consumer.stop();
  }

  /** Stops to begin attempts. Running ones end, and their outcomes are written. */
  async stopWorkers(): Promise<void> {
    this.retention.stop();
    await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
    await this.agent.close();
    await this.database.stop();
  }

  private wake(names: Iterable<string>): void {
    for (const name of names) this.workers.get(name)?.wake();
  }
}

function report(metrics: WebhookMetrics, lag: readonly PartitionLag[]): void {
  for (const [topic, partitions] of Map.groupBy(lag, (partition) => partition.topic))
    metrics.lag.set(
      { topic },
      partitions.reduce((sum, partition) => sum + partition.lag, 0),
    );
}
