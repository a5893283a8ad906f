import type { Redis } from 'ioredis';
import type { RedisLogger } from './connection.ts';
import { RedisUnavailableError } from './errors.ts';

/** Channels per SUBSCRIBE: Redis serves nobody else while it works through one. */
const CHANNELS_PER_COMMAND = 500;
const RETRY_AFTER_FAILURE_MS = 500;

interface Waiter {
  resolve: () => void;
  reject: (error: Error) => void;
}

export interface ChannelSubscriptionsOptions {
  /** A connection used for nothing but subscriptions. */
  subscriber: Redis;
  logger: RedisLogger;
  /** What add() does while Redis is away: `waits` until it is back (or all ends), or `fails` at once. */
  whileAway: 'waits' | 'fails';
  onMessage: (channel: string, message: string) => void;
}

/**
 * The set of channels wanted, and the one Redis knows, brought together in batches: what is asked for within one turn of
 * the event loop costs one round trip. After a loss of Redis everything wanted is subscribed again.
 */
export class ChannelSubscriptions {
  private readonly options: ChannelSubscriptionsOptions;
  /** Counted, because a charger's new connection comes before its old one is gone. */
  private readonly wanted = new Map<string, number>();
  private readonly active = new Set<string>();
  /** Channels whose wish and truth may differ. */
  private readonly dirty = new Set<string>();
  private readonly waiters = new Map<string, Waiter[]>();
  /** Of the connection: grows with each loss. */
  private generation = 0;
  private flushing = false;
  private scheduled = false;
  private started = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(options: ChannelSubscriptionsOptions) {
    this.options = options;
  }

  start(): void {
    this.started = true;
    const { subscriber } = this.options;
    subscriber.on('message', this.options.onMessage);
    subscriber.on('close', this.lost);
    subscriber.on('ready', this.schedule);
    this.schedule();
  }

  async stop(): Promise<void> {
    this.started = false;
    clearTimeout(this.retry);
    const { subscriber } = this.options;
    subscriber.off('close', this.lost);
    subscriber.off('ready', this.schedule);
    const stopped = this.options.whileAway === 'fails' ? new RedisUnavailableError('stopped') : undefined;
    for (const channel of this.waiters.keys()) this.settle(channel, stopped);
    this.wanted.clear();
    const channels = [...this.active];
    this.active.clear();
    // A connection that is gone has no subscriptions left.
    if (channels.length > 0 && subscriber.status === 'ready')
      await subscriber.unsubscribe(...channels).catch(() => undefined);
    // Last: until Redis has taken note, senders count on us.
    subscriber.off('message', this.options.onMessage);
  }

  /** Whether messages of every channel asked for arrive here. */
  get complete(): boolean {
    return this.started && this.active.size === this.wanted.size;
  }

  /** Resolves once messages on the channel arrive here. Each call is paid back by one {@link remove}. */
  async add(channel: string): Promise<void> {
    if (!this.started && this.options.whileAway === 'fails') throw new RedisUnavailableError('not started');
    this.wanted.set(channel, (this.wanted.get(channel) ?? 0) + 1);
    if (this.active.has(channel)) return;
    this.dirty.add(channel);
    const subscribed = new Promise<void>((resolve, reject) => {
      this.waiters.set(channel, [...(this.waiters.get(channel) ?? []), { resolve, reject }]);
    });
    this.schedule();
    await subscribed;
  }

  remove(channel: string): void {
    const count = this.wanted.get(channel) ?? 0;
    if (count > 1) {
      this.wanted.set(channel, count - 1);
      return;
    }
    this.wanted.delete(channel);
    this.settle(channel);
    this.dirty.add(channel);
    this.schedule();
  }

  private readonly lost = (): void => {
    this.generation += 1;
    this.active.clear();
    this.dirty.clear();
    for (const channel of this.wanted.keys()) this.dirty.add(channel);
  };

  private readonly schedule = (): void => {
    if (this.scheduled || this.flushing || !this.started) return;
    this.scheduled = true;
    setImmediate(() => void this.flush());
  };

  private async flush(): Promise<void> {
    this.scheduled = false;
    this.flushing = true;
    try {
      while (this.started && this.dirty.size > 0) {
        if (this.options.subscriber.status !== 'ready') return this.giveUp(new RedisUnavailableError('subscribe'));
        await this.flushBatch([...this.dirty].slice(0, CHANNELS_PER_COMMAND));
      }
    } catch (cause) {
      this.giveUp(new RedisUnavailableError('subscribe', { cause }));
      // With the connection gone, `ready` schedules the next attempt.
      if (this.started && this.options.subscriber.status === 'ready') {
        this.options.logger.warn('redis subscription failed', { err: cause });
        this.retry = setTimeout(this.schedule, RETRY_AFTER_FAILURE_MS);
      }
    } finally {
      this.flushing = false;
    }
  }

  private async flushBatch(batch: readonly string[]): Promise<void> {
    const { subscriber } = this.options;
    const { generation } = this;
    const toAdd = batch.filter((channel) => this.wanted.has(channel) && !this.active.has(channel));
    const toRemove = batch.filter((channel) => !this.wanted.has(channel) && this.active.has(channel));
    for (const channel of batch) this.dirty.delete(channel);
    // Before the await, so that an add() meanwhile does not take them for subscribed.
    for (const channel of toRemove) this.active.delete(channel);
    try {
      if (toAdd.length > 0) await subscriber.subscribe(...toAdd);
      if (toRemove.length > 0) await subscriber.unsubscribe(...toRemove);
    } catch (error) {
      for (const channel of batch) this.dirty.add(channel);
      if (generation === this.generation) for (const channel of toRemove) this.active.add(channel);
      throw error;
    }
    // A connection lost meanwhile has taken the subscriptions with it, and lost() has noted them.
    if (generation !== this.generation) return;
    for (const channel of toAdd) {
      this.active.add(channel);
      this.settle(channel);
    }
  }

  private giveUp(error: RedisUnavailableError): void {
    if (this.options.whileAway === 'waits') return;
    for (const channel of this.waiters.keys()) this.settle(channel, error);
  }

  private settle(channel: string, error?: Error): void {
    const waiters = this.waiters.get(channel) ?? [];
    this.waiters.delete(channel);
    for (const waiter of waiters) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
  }
}
