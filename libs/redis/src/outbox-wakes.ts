import { redisKeys, type OutboxWake } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { ChannelSubscriptions } from './channel-subscriptions.ts';
import type { RedisLogger } from './connection.ts';

export interface OutboxWakesOptions {
  publisher: Redis;
  /** A connection used for nothing but subscriptions. */
  subscriber: Redis;
  logger: RedisLogger;
  /** An instance has committed something for this shard of the lane. */
  onWake: (lane: string, shard: number) => void;
  /** Commits within this time are announced together. */
  gatherMs?: number;
}

/** Wakes the instances that lead shards of the outbox after commits. If a message is lost, leaders still look by themselves. */
export class OutboxWakes {
  private readonly options: OutboxWakesOptions;
  private readonly subscriptions: ChannelSubscriptions;
  private readonly pending = new Map<string, Set<number>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: OutboxWakesOptions) {
    this.options = options;
    this.subscriptions = new ChannelSubscriptions({
      subscriber: options.subscriber,
      logger: options.logger,
      whileAway: 'waits',
      onMessage: (channel, text) => {
        if (channel === redisKeys.outboxWakes) this.received(text);
      },
    });
  }

  /** Whether messages about the commits of other instances arrive. */
  get hears(): boolean {
    return this.subscriptions.complete;
  }

  start(): void {
    this.subscriptions.start();
    void this.subscriptions.add(redisKeys.outboxWakes);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.subscriptions.stop();
  }

  /** Announces a commit: at once where there was none for a while, otherwise with those that follow. */
  announce(places: readonly { lane: string; shard: number }[]): void {
    for (const { lane, shard } of places)
      this.pending.set(lane, (this.pending.get(lane) ?? new Set<number>()).add(shard));
    if (this.timer === undefined) this.publish();
  }

  private readonly publish = (): void => {
    this.timer = undefined;
    if (this.pending.size === 0) return;
    const wake: OutboxWake = Object.fromEntries([...this.pending].map(([lane, shards]) => [lane, [...shards]]));
    this.pending.clear();
    this.timer = setTimeout(this.publish, this.options.gatherMs ?? 25);
    const { publisher, logger } = this.options;
    if (publisher.status !== 'ready') return;
    publisher
      .publish(redisKeys.outboxWakes, JSON.stringify(wake))
      .catch((err: unknown) => logger.debug('commit not announced', { err }));
  };

  private received(text: string): void {
    try {
      for (const [lane, shards] of Object.entries(JSON.parse(text) as OutboxWake))
        for (const shard of shards ?? []) this.options.onWake(lane, shard);
    } catch (err) {
      this.options.logger.warn('malformed announcement of a commit ignored', { err });
    }
  }
}
