import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  redisKeys,
  type CancelEnvelope,
  type Command,
  type CommandEnvelope,
  type CommandOutcome,
} from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { CommandCaller } from './command-caller.ts';
import { CommandInterruptedError, RedisUnavailableError } from './errors.ts';

/** A connection whose PUBLISH does what the test wants. */
class Connection extends EventEmitter {
  status = 'ready';
  readonly subscribe = (): Promise<number> => Promise.resolve(1);
  readonly unsubscribe = (): Promise<number> => Promise.resolve(0);
  onPublish: (envelope: CommandEnvelope | CancelEnvelope) => Promise<number> = () => Promise.resolve(1);
  readonly publish = (_: string, text: string): Promise<number> => this.onPublish(JSON.parse(text));
}

const reset: Command = { kind: 'Reset', type: 'Hard' };
const gone: CommandOutcome = { kind: 'disconnected', action: 'Reset', sent: true };

describe(CommandCaller.name, () => {
  let redis: Connection;
  let sut: CommandCaller;
  const logged: string[] = [];
  const send = (timeoutMs = 30_000, gone?: AbortSignal): Promise<unknown> =>
    sut.send('CP-1', reset, { commandId: randomUUID(), deadline: Date.now() + timeoutMs, gone }).then(
      ({ outcome }) => outcome,
      (error: unknown) => error,
    );
  const reply = ({ requestId, cpId }: { requestId: string; cpId: string }, outcome: unknown, v = 1): void =>
    void redis.emit('message', redisKeys.reply(requestId), JSON.stringify({ v, requestId, cpId, epoch: 1, outcome }));

  beforeEach(() => {
    redis = new Connection();
    logged.length = 0;
    const log = (message: string): void => void logged.push(message);
    const connection = redis as unknown as Redis;
    sut = new CommandCaller({
      publisher: connection,
      subscriber: connection,
      logger: { debug: log, info: log, warn: log, error: log },
    });
    sut.start();
  });

  it('takes a reply that comes before PUBLISH has returned', async () => {
    redis.onPublish = async (envelope) => {
      reply(envelope, gone);
      return 1;
    };
    await expect(send()).resolves.toEqual(gone);
  });

  it('attends a command of somebody else until its reply, or until it is known to have ended', async () => {
    const attended = { requestId: 'c-1', cpId: 'CP-1' };
    const waiting = sut.attend(
      'c-1',
      30_000,
      async () => null,
      // Sent once more, and answered to whoever sent it first.
      () => new Promise(() => undefined),
    );
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve, 10));
    reply(attended, gone);
    expect(await waiting).toBeNull();
    expect(await sut.attend('c-1', 30_000, async () => 'ended')).toBe('ended');
    expect(
      await sut.attend(
        'c-1',
        30_000,
        async () => null,
        () => Promise.resolve(),
      ),
    ).toBeNull();
    await expect(
      sut.attend(
        'c-1',
        30_000,
        async () => null,
        () => Promise.reject(new Error('away')),
      ),
    ).rejects.toThrow('away');
  });

  it('overlooks replies to others and logs those it cannot read', async () => {
    redis.onPublish = async (envelope) => {
      reply({ ...envelope, requestId: 'other' }, gone);
      reply(envelope, { kind: 'nonsense' });
      reply(envelope, gone);
      return 1;
    };
    await expect(send()).resolves.toEqual(gone);
    expect(logged).toEqual(['malformed command reply ignored']);
  });

  it('refuses a reply of a newer version', async () => {
    redis.onPublish = async (envelope) => {
      reply(envelope, gone, 2);
      return 1;
    };
    await expect(send()).resolves.toMatchObject({ kind: 'refused', code: 'unsupported_version' });
  });

  it('tells offline from timeout by the number of receivers', async () => {
    redis.onPublish = () => Promise.resolve(0);
    await expect(send(30_000)).resolves.toEqual({ kind: 'offline' });
    redis.onPublish = () => Promise.resolve(1);
    await expect(send(1)).resolves.toEqual({ kind: 'timeout', action: 'Reset' });
  });

  describe('whose own caller goes away', () => {
    const published: string[] = [];
    beforeEach(() => {
      published.length = 0;
      redis.onPublish = async (envelope) => {
        published.push(`${envelope.type} ${envelope.cpId}`);
        if (envelope.type !== 'command') reply(envelope, { kind: 'cancelled' });
        return 1;
      };
    });

    it('sends nothing for one that has gone already', async () => {
      await expect(send(30_000, AbortSignal.abort())).resolves.toEqual({ kind: 'cancelled' });
      expect(published).toEqual([]);
    });

    it('takes the command back, and hears what became of it', async () => {
      const gone = new AbortController();
      const sent = send(30_000, gone.signal);
      await turn();
      await turn();
      gone.abort();
      await expect(sent).resolves.toEqual({ kind: 'cancelled' });
      expect(published).toEqual(['command CP-1', 'cancel CP-1']);
    });

    it('has nothing to take back once the command has ended', async () => {
      const gone = new AbortController();
      await send(1, gone.signal);
      gone.abort();
      expect(published).toEqual(['command CP-1']);
    });

    it('says so when the command could not be taken back', async () => {
      const gone = new AbortController();
      redis.onPublish = async ({ type }) => {
        if (type !== 'command') throw new Error('Connection is closed.');
        setImmediate(() => gone.abort());
        return 1;
      };
      await expect(send(50, gone.signal)).resolves.toEqual({ kind: 'timeout', action: 'Reset' });
      expect(logged).toEqual(['command could not be cancelled']);
    });
  });

  it('may be tried again when Redis refused the PUBLISH', async () => {
    const loading = Object.assign(new Error('LOADING Redis is loading'), { name: 'ReplyError' });
    redis.onPublish = () => Promise.reject(loading);
    const error = await send();
    expect(error).toBeInstanceOf(RedisUnavailableError);
    expect(error).toMatchObject({ retriable: true, cause: loading });
  });

  it('may not be tried again blindly when the connection died under the PUBLISH', async () => {
    redis.onPublish = () => Promise.reject(new Error('Connection is closed.'));
    const error = await send();
    expect(error).toBeInstanceOf(CommandInterruptedError);
    expect(error).toMatchObject({ retriable: false, cpId: 'CP-1' });
  });

  it('S4 says of a command that cannot be written what is wrong with it: nothing has left', async () => {
    let deep: unknown = 0;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    let published = 0;
    redis.onPublish = async () => (published += 1);
    const command: Command = { kind: 'Call', action: 'DataTransfer', payload: { data: deep } };
    await expect(
      sut.send('CP-1', command, { commandId: randomUUID(), deadline: Date.now() + 30_000 }),
    ).rejects.toBeInstanceOf(RangeError);
    expect(published).toBe(0);
  });

  it.each([
    ["Stream isn't writeable and enableOfflineQueue options is false", 'RedisUnavailableError'],
    ['Connection is closed.', 'CommandInterruptedError'],
    ['Command timed out', 'CommandInterruptedError'],
  ])('S4 tells what was not written from what may have been: %s', async (message, name) => {
    redis.onPublish = () => Promise.reject(new Error(message));
    await expect(send()).resolves.toMatchObject({ name });
  });

  it('S4 leaves a fault of the program under the PUBLISH what it is', async () => {
    const fault = new TypeError('not a function');
    redis.onPublish = () => Promise.reject(fault);
    await expect(send()).resolves.toBe(fault);
  });

  it('fails at once while Redis is away', async () => {
    redis.status = 'reconnecting';
    await expect(send(30_000)).resolves.toMatchObject({ name: 'RedisUnavailableError' });
  });

  it('does not call it a timeout when the connection was lost meanwhile', async () => {
    redis.onPublish = async () => {
      redis.emit('close');
      return 1;
    };
    await expect(send(1)).resolves.toBeInstanceOf(CommandInterruptedError);
  });

  it('lets nobody wait after the end', async () => {
    redis.onPublish = async () => {
      setImmediate(() => void sut.stop());
      return 1;
    };
    await expect(send(30_000)).resolves.toBeInstanceOf(CommandInterruptedError);
    expect(redis.eventNames()).toEqual([]);
  });
});
