import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { redisKeys, type Command, type CommandEnvelope, type CommandOutcome } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import type { Redis } from 'ioredis';
import { CommandCaller } from './command-caller.ts';
import { CommandOwner, type CommandOwnerOptions } from './command-owner.ts';
import { closeRedis, connectRedis, untilReady } from './connection.ts';
import { CommandInterruptedError, RedisUnavailableError } from './errors.ts';

const reset: Command = { kind: 'Reset', type: 'Soft' };
const accepted: CommandOutcome = {
  kind: 'result',
  action: 'Reset',
  payload: { status: 'Accepted' },
  status: 'Accepted',
};

let dataPlane: DataPlane;
const opened: Redis[] = [];
const stops: (() => Promise<void>)[] = [];
let warnings: string[] = [];

const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => void warnings.push(message),
  error: (message: string) => void warnings.push(message),
};

async function connect(): Promise<Redis> {
  const redis = connectRedis(dataPlane.redisUrl, { name: 'bus', logger });
  opened.push(redis);
  await untilReady(redis, 30_000);
  return redis;
}

async function caller(): Promise<CommandCaller> {
  const sut = new CommandCaller({ publisher: await connect(), subscriber: await connect(), logger });
  sut.start();
  stops.push(() => sut.stop());
  return sut;
}

async function owner(
  pod: string,
  onCommand: CommandOwnerOptions['onCommand'],
  onSuperseded: CommandOwnerOptions['onSuperseded'] = () => undefined,
): Promise<CommandOwner> {
  const options = { publisher: await connect(), subscriber: await connect(), logger, pod, onCommand, onSuperseded };
  const sut = new CommandOwner(options);
  sut.start();
  stops.push(() => sut.stop());
  return sut;
}

const answering = (outcome: CommandOutcome, epoch = 1) => jest.fn(async (_: CommandEnvelope) => ({ epoch, outcome }));
const silent = (): Promise<never> => new Promise(() => undefined);

const within = (ms: number) => ({ commandId: randomUUID(), deadline: Date.now() + ms });

beforeAll(async () => {
  dataPlane = await startDataPlane({ name: 'redis-bus', ports: 'random', only: ['redis'] });
}, 60_000);
beforeEach(() => {
  warnings = [];
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await Promise.all(opened.splice(0).map(closeRedis));
});
afterAll(() => dataPlane.stop());

describe('command bus', () => {
  it('carries a command to the owner and its outcome back', async () => {
    const onCommand = answering(accepted);
    await (await owner('pod-a', onCommand)).attach('CP-1');
    const before = Date.now();
    const { commandId: requestId, deadline } = within(25_000);
    const ended = await (
      await caller()
    ).send('CP-1', reset, { commandId: requestId, deadline, traceparent: '00-trace' });
    expect(ended).toEqual({ outcome: accepted, recorded: false });
    const envelope = onCommand.mock.calls[0]?.[0];
    expect(envelope).toMatchObject({ v: 1, type: 'command', requestId, cpId: 'CP-1', command: reset });
    expect(envelope?.traceparent).toBe('00-trace');
    expect(envelope?.deadline).toBeGreaterThanOrEqual(before + 25_000);
  });

  it('allows no command more than the ceiling', async () => {
    const onCommand = answering(accepted);
    await (await owner('pod-a', onCommand)).attach('CP-1');
    await (await caller()).send('CP-1', reset, { ...within(3_600_000) });
    expect(onCommand.mock.calls[0]?.[0].deadline).toBeLessThanOrEqual(Date.now() + 30_000);
  });

  it('reaches only the owner of the charger', async () => {
    const other = answering(accepted);
    await (await owner('pod-a', answering(accepted))).attach('CP-1');
    await (await owner('pod-b', other)).attach('CP-2');
    await (await caller()).send('CP-1', reset, { ...within(25_000) });
    expect(other).not.toHaveBeenCalled();
  });

  it('tells at once that nobody owns the charger', async () => {
    const edge = await owner('pod-a', answering(accepted));
    await edge.attach('CP-1');
    edge.detach('CP-1');
    const sut = await caller();
    const redis = await connect();
    await eventually(async () => (await redis.pubsub('CHANNELS', redisKeys.command('*'))).length === 0);
    const started = Date.now();
    await expect(sut.send('CP-1', reset, { ...within(30_000) })).resolves.toMatchObject({
      outcome: { kind: 'offline' },
    });
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  it('keeps receiving for a new connection when the old one detaches', async () => {
    const edge = await owner('pod-a', answering(accepted));
    await edge.attach('CP-1');
    await edge.attach('CP-1');
    edge.detach('CP-1');
    edge.detach('CP-9');
    await expect((await caller()).send('CP-1', reset, { ...within(25_000) })).resolves.toMatchObject({
      outcome: accepted,
    });
  });

  it('tells the owner that the caller has gone', async () => {
    const taken = Promise.withResolvers<void>();
    const edge = await owner(
      'pod-a',
      (_, gone) =>
        new Promise((resolve) => {
          taken.resolve();
          gone.addEventListener('abort', () => resolve({ epoch: 1, outcome: { kind: 'cancelled' } }));
        }),
    );
    await edge.attach('CP-1');
    const gone = new AbortController();
    const sent = (await caller()).send('CP-1', reset, { ...within(30_000), gone: gone.signal });
    await taken.promise;
    const began = performance.now();
    gone.abort();
    await expect(sent).resolves.toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('carries many commands to many chargers at once', async () => {
    const edge = await owner('pod-a', async ({ cpId }) => ({ epoch: 1, outcome: { ...accepted, status: cpId } }));
    const cpIds = Array.from({ length: 1_000 }, (_, i) => `CP-${i}`);
    await Promise.all(cpIds.map((cpId) => edge.attach(cpId)));
    const sut = await caller();
    const replies = await Promise.all(cpIds.map((cpId) => sut.send(cpId, reset, { ...within(25_000) })));
    expect(replies.map(({ outcome }) => 'status' in outcome && outcome.status)).toEqual(cpIds);
    const redis = await connect();
    await eventually(async () => (await redis.pubsub('CHANNELS', redisKeys.reply('*'))).length === 0);
  });

  it('ends with a timeout, named after the action, when the owner says nothing', async () => {
    await (await owner('pod-a', silent)).attach('CP-1');
    const sut = await caller();
    const call: Command = { kind: 'Call', action: 'GetLog', payload: {} };
    await expect(sut.send('CP-1', call, { ...within(500) })).resolves.toMatchObject({
      outcome: { kind: 'timeout', action: 'GetLog' },
    });
  });

  it('refuses with Failed when the owner fails: it may have been sent', async () => {
    await (await owner('pod-a', () => Promise.reject(new Error('bug')))).attach('CP-1');
    const { outcome } = await (await caller()).send('CP-1', reset, { ...within(25_000) });
    expect(outcome).toMatchObject({ kind: 'refused', code: 'failed' });
    expect(warnings).toEqual(['command failed']);
  });

  describe('between versions', () => {
    const publishCommand = async (message: object): Promise<unknown> => {
      const subscriber = await connect();
      const reply = new Promise((resolve) => subscriber.once('message', (_, text) => resolve(JSON.parse(text))));
      await subscriber.subscribe(redisKeys.reply('r1'));
      await (await connect()).publish(redisKeys.command('CP-1'), JSON.stringify(message));
      return reply;
    };
    const envelope = { v: 1, type: 'command', requestId: 'r1', cpId: 'CP-1', deadline: 0, command: reset };

    it('drops a command that comes after its deadline', async () => {
      const onCommand = answering(accepted);
      await (await owner('pod-a', onCommand)).attach('CP-1');
      await expect(publishCommand(envelope)).resolves.toMatchObject({ epoch: 0, outcome: { kind: 'expired' } });
      expect(onCommand).not.toHaveBeenCalled();
    });

    it('refuses a command of a newer version at once', async () => {
      const onCommand = answering(accepted);
      await (await owner('pod-a', onCommand)).attach('CP-1');
      const deadline = Date.now() + 30_000;
      const began = performance.now();
      await expect(publishCommand({ ...envelope, v: 2, deadline })).resolves.toMatchObject({
        outcome: { kind: 'refused', code: 'unsupported_version', reason: expect.stringContaining('pod-a') },
      });
      expect(performance.now() - began).toBeLessThan(15_000);
      expect(onCommand).not.toHaveBeenCalled();
    });

    it('refuses a reply of a newer version', async () => {
      const redis = await connect();
      const edge = await owner('pod-a', async ({ requestId }) => {
        await redis.publish(redisKeys.reply(requestId), JSON.stringify({ v: 2, requestId }));
        return silent();
      });
      await edge.attach('CP-1');
      await expect((await caller()).send('CP-1', reset, { ...within(25_000) })).resolves.toMatchObject({
        outcome: { kind: 'refused', code: 'unsupported_version' },
      });
    });
  });

  it('ignores what is malformed, and says so', async () => {
    const redis = await connect();
    const edge = await owner('pod-a', async ({ requestId }) => {
      await redis.publish(redisKeys.reply(requestId), '{"v":1');
      return { epoch: 1, outcome: accepted };
    });
    await edge.attach('CP-1');
    const sut = await caller();
    await redis.publish(redisKeys.command('CP-1'), 'nonsense');
    await expect(sut.send('CP-1', reset, { ...within(25_000) })).resolves.toMatchObject({ outcome: accepted });
    expect(warnings).toEqual(['malformed command ignored', 'malformed command reply ignored']);
  });

  describe('with two owners of one charger', () => {
    it('takes the charger’s answer, not the old owner’s failure', async () => {
      const old = await owner('pod-a', answering({ kind: 'disconnected', action: 'Reset', sent: false }, 1));
      const newest = await owner('pod-b', async () => {
        await sleep(100);
        return { epoch: 2, outcome: accepted };
      });
      await Promise.all([old.attach('CP-1'), newest.attach('CP-1')]);
      await expect((await caller()).send('CP-1', reset, { ...within(25_000) })).resolves.toMatchObject({
        outcome: accepted,
      });
    });

    it.each(['pod-a', 'pod-b'])('has a command carried out by the one that the registry names, %s', async (pod) => {
      const carried: string[] = [];
      const carrying = (name: string) => async () => {
        carried.push(name);
        return { epoch: 1, outcome: accepted };
      };
      const owners = [await owner('pod-a', carrying('pod-a')), await owner('pod-b', carrying('pod-b'))];
      await Promise.all(owners.map((each) => each.attach('CP-1')));
      const { outcome } = await (await caller()).send('CP-1', reset, { ...within(25_000), pod });
      expect(outcome).toEqual(accepted);
      expect(carried).toEqual([pod]);
    });

    it('tells every owner of the newer connection', async () => {
      const heard: string[] = [];
      const hear = (pod: string) => (cpId: string, epoch: number) => void heard.push(`${pod} ${cpId} ${epoch}`);
      const old = await owner('pod-a', silent, hear('pod-a'));
      const newest = await owner('pod-b', silent, hear('pod-b'));
      await Promise.all([old.attach('CP-1'), newest.attach('CP-1')]);
      await newest.announceSuperseded('CP-1', 7);
      await eventually(() => heard.length === 2);
      expect(heard.sort()).toEqual(['pod-a CP-1 7', 'pod-b CP-1 7']);
    });
  });

  describe('when Redis dies', () => {
    it('fails new commands at once and works again when it is back', async () => {
      const edge = await owner('pod-a', answering(accepted));
      await edge.attach('CP-1');
      const sut = await caller();
      await dataPlane.kill('redis');
      await eventually(() => opened.every(({ status }) => status !== 'ready'));
      const started = Date.now();
      const error = await sut.send('CP-1', reset, { ...within(30_000) }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RedisUnavailableError);
      expect(error).toMatchObject({ retriable: true });
      await expect(edge.announceSuperseded('CP-1', 1)).rejects.toBeInstanceOf(RedisUnavailableError);
      expect(Date.now() - started).toBeLessThan(2_500);
      const attached = edge.attach('CP-2');

      await dataPlane.start('redis');
      await attached;
      await Promise.all(opened.map((redis) => untilReady(redis, 30_000)));
      for (const cpId of ['CP-1', 'CP-2'])
        await expect(sut.send(cpId, reset, { ...within(25_000) })).resolves.toMatchObject({ outcome: accepted });
    });

    it('lets a command under way end with the answer that comes after the return', async () => {
      let answer: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      let taken: () => void = () => undefined;
      const underWay = new Promise<void>((resolve) => (taken = resolve));
      const edge = await owner('pod-a', async () => {
        taken();
        await answered;
        return { epoch: 1, outcome: accepted };
      });
      await edge.attach('CP-1');
      const sut = await caller();
      const sent = sut.send('CP-1', reset, { ...within(30_000) });
      await underWay;
      await dataPlane.kill('redis');
      await dataPlane.start('redis');
      await Promise.all(opened.map((redis) => untilReady(redis, 30_000)));
      const redis = await connect();
      await eventually(async () => (await redis.pubsub('CHANNELS', redisKeys.reply('*'))).length === 1);
      answer();
      await expect(sent).resolves.toMatchObject({ outcome: accepted });
    });

    it('does not call it a timeout when the answer may be lost', async () => {
      let answer: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      let taken: () => void = () => undefined;
      const underWay = new Promise<void>((resolve) => (taken = resolve));
      const edge = await owner('pod-a', async () => {
        taken();
        await answered;
        return { epoch: 1, outcome: accepted };
      });
      await edge.attach('CP-1');
      const sent = (await caller()).send('CP-1', reset, { ...within(6_000) }).catch((thrown: unknown) => thrown);
      await underWay;
      await dataPlane.kill('redis');
      answer();
      const error = await sent;
      await dataPlane.start('redis');
      expect(error).toBeInstanceOf(CommandInterruptedError);
      expect(error).toMatchObject({ retriable: false, cpId: 'CP-1' });
      expect(warnings).toContain('command reply lost');
    });

    it('stops without waiting for anybody', async () => {
      const taken = Promise.withResolvers<void>();
      const edge = await owner('pod-a', () => {
        taken.resolve();
        return silent();
      });
      await edge.attach('CP-1');
      const sut = await caller();
      const sent = sut.send('CP-1', reset, { ...within(30_000) }).catch((thrown: unknown) => thrown);
      await taken.promise;
      await sut.stop();
      await expect(sent).resolves.toBeInstanceOf(CommandInterruptedError);
      await expect(sut.send('CP-1', reset, { ...within(25_000) })).rejects.toBeInstanceOf(RedisUnavailableError);
    });
  });
});
