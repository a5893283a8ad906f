import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { ChannelSubscriptions } from './channel-subscriptions.ts';
import { RedisUnavailableError } from './errors.ts';

/** The part of a connection that subscribing needs, with replies that come when the test says so. */
class Connection extends EventEmitter {
  status = 'ready';
  readonly sent: string[][] = [];
  private replies: { resolve: () => void; reject: (error: Error) => void }[] = [];
  manual = false;

  subscribe(...channels: string[]): Promise<void> {
    return this.command('subscribe', channels);
  }

  unsubscribe(...channels: string[]): Promise<void> {
    return this.command('unsubscribe', channels);
  }

  async answer(): Promise<void> {
    this.replies.shift()?.resolve();
    await settle();
  }

  async lose(): Promise<void> {
    this.status = 'reconnecting';
    this.emit('close');
    for (const { reject } of this.replies.splice(0)) reject(new Error('Connection is closed.'));
    await settle();
  }

  async restore(): Promise<void> {
    this.status = 'ready';
    this.emit('ready');
    await settle();
  }

  private command(name: string, channels: string[]): Promise<void> {
    this.sent.push([name, ...channels]);
    if (!this.manual) return Promise.resolve();
    return new Promise((resolve, reject) => this.replies.push({ resolve, reject }));
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await turn();
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let redis: Connection;
let sut: ChannelSubscriptions;
const create = (whileAway: 'waits' | 'fails'): ChannelSubscriptions => {
  sut = new ChannelSubscriptions({
    subscriber: redis as unknown as Redis,
    logger: silent,
    whileAway,
    onMessage: () => undefined,
  });
  sut.start();
  return sut;
};

beforeEach(() => {
  redis = new Connection();
});
afterEach(async () => {
  redis.manual = false;
  await sut.stop();
});

describe(ChannelSubscriptions.name, () => {
  it('asks for everything of one turn in one round trip', async () => {
    create('waits');
    await Promise.all([sut.add('a'), sut.add('b'), sut.add('c')]);
    expect(redis.sent).toEqual([['subscribe', 'a', 'b', 'c']]);
  });

  it('keeps a single SUBSCRIBE short', async () => {
    create('waits');
    await Promise.all(Array.from({ length: 1200 }, (_, i) => sut.add(`c${i}`)));
    expect(redis.sent.map((command) => command.length - 1)).toEqual([500, 500, 200]);
  });

  it('keeps a channel until the last of its users has gone', async () => {
    create('waits');
    await sut.add('a');
    await sut.add('a');
    sut.remove('a');
    await settle();
    expect(redis.sent).toEqual([['subscribe', 'a']]);
    sut.remove('a');
    await settle();
    expect(redis.sent).toEqual([
      ['subscribe', 'a'],
      ['unsubscribe', 'a'],
    ]);
  });

  it('asks for nothing that is given back within the same turn', async () => {
    create('waits');
    const added = sut.add('a');
    sut.remove('a');
    await added;
    await settle();
    expect(redis.sent).toEqual([]);
  });

  it('unsubscribes a channel given back while its SUBSCRIBE was under way', async () => {
    create('waits');
    redis.manual = true;
    void sut.add('a');
    await settle();
    sut.remove('a');
    await redis.answer();
    expect(redis.sent).toEqual([
      ['subscribe', 'a'],
      ['unsubscribe', 'a'],
    ]);
  });

  it('subscribes anew a channel wanted again while its UNSUBSCRIBE was under way', async () => {
    create('waits');
    await sut.add('a');
    redis.manual = true;
    sut.remove('a');
    await settle();
    let subscribed = false;
    void sut.add('a').then(() => (subscribed = true));
    await redis.answer();
    expect(subscribed).toBe(false);
    expect(redis.sent.at(-1)).toEqual(['subscribe', 'a']);
    await redis.answer();
    expect(subscribed).toBe(true);
  });

  it('subscribes everything wanted again when Redis is back', async () => {
    create('waits');
    await Promise.all([sut.add('a'), sut.add('b')]);
    await redis.lose();
    sut.remove('b');
    const added = sut.add('c');
    await redis.restore();
    await added;
    expect(redis.sent.slice(1)).toEqual([['subscribe', 'a', 'c']]);
  });

  it('waits with an owner when the connection is lost under a SUBSCRIBE', async () => {
    create('waits');
    redis.manual = true;
    let subscribed = false;
    void sut.add('a').then(() => (subscribed = true));
    await settle();
    await redis.lose();
    expect(subscribed).toBe(false);
    await redis.restore();
    await redis.answer();
    expect(subscribed).toBe(true);
  });

  it('tells a caller at once that Redis is away', async () => {
    create('fails');
    await redis.lose();
    await expect(sut.add('a')).rejects.toBeInstanceOf(RedisUnavailableError);
    sut.remove('a');
    await redis.restore();
    expect(redis.sent).toEqual([]);
  });

  it('tells a caller at once that the connection was lost under a SUBSCRIBE', async () => {
    create('fails');
    redis.manual = true;
    const added = sut.add('a');
    await settle();
    await Promise.all([expect(added).rejects.toBeInstanceOf(RedisUnavailableError), redis.lose()]);
  });

  it('lets nobody wait after the end', async () => {
    create('fails');
    redis.manual = true;
    const added = sut.add('a');
    await settle();
    await Promise.all([expect(added).rejects.toBeInstanceOf(RedisUnavailableError), sut.stop()]);
    await expect(sut.add('b')).rejects.toBeInstanceOf(RedisUnavailableError);
    expect(redis.eventNames()).toEqual([]);
  });
});
