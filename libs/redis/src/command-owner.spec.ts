import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { redisKeys, type CommandEnvelope } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { CommandOwner, type CommandOwnerOptions } from './command-owner.ts';

/** A connection on which an UNSUBSCRIBE has not arrived yet: messages come in when the test says so. */
class Connection extends EventEmitter {
  status = 'ready';
  readonly published: [string, unknown][] = [];
  readonly subscribe = (): Promise<number> => Promise.resolve(1);
  readonly unsubscribe = (): Promise<number> => Promise.resolve(0);
  readonly publish = (channel: string, text: string): Promise<number> => {
    this.published.push([channel, JSON.parse(text)]);
    return Promise.resolve(1);
  };
}

const channel = redisKeys.command('CP-1');
const command: CommandEnvelope = {
  v: 1,
  type: 'command',
  requestId: 'r1',
  cpId: 'CP-1',
  deadline: Date.now() + 60_000,
  command: { kind: 'Reset', type: 'Soft' },
};

describe(CommandOwner.name, () => {
  let redis: Connection;
  let errors: string[];
  const onCommand = jest.fn<CommandOwnerOptions['onCommand']>();
  const onSuperseded = jest.fn<(cpId: string, epoch: number) => void>();
  let sut: CommandOwner;

  const receive = async (message: unknown): Promise<void> => {
    redis.emit('message', channel, JSON.stringify(message));
    await turn();
  };

  beforeEach(async () => {
    redis = new Connection();
    errors = [];
    jest.resetAllMocks();
    onCommand.mockResolvedValue({ epoch: 3, outcome: { kind: 'expired' } });
    const log = (message: string): void => void errors.push(message);
    sut = new CommandOwner({
      publisher: redis as unknown as Redis,
      subscriber: redis as unknown as Redis,
      logger: { debug: log, info: log, warn: log, error: log },
      pod: 'pod-a',
      onCommand,
      onSuperseded,
    });
    sut.start();
    await sut.attach('CP-1');
  });

  it('refuses a command that it cannot read, unless another instance is meant', async () => {
    const unknown = { ...command, command: { kind: 'Explode' } };
    await receive({ ...unknown, pod: 'pod-b' });
    await receive(unknown);
    expect(redis.published.map(([, reply]) => (reply as { outcome: object }).outcome)).toEqual([
      { kind: 'moved' },
      { kind: 'refused', code: 'unsupported_version', reason: expect.stringMatching(/Explode is unknown/) },
    ]);
    expect(onCommand).not.toHaveBeenCalled();
  });

  it('replies with the outcome and the epoch of the connection', async () => {
    await receive(command);
    const reply = { v: 1, requestId: 'r1', cpId: 'CP-1', epoch: 3, outcome: { kind: 'expired' } };
    expect(redis.published).toEqual([[redisKeys.reply('r1'), reply]]);
  });

  it('S4 says of an answer that cannot be passed on that it is invalid, not that none came', async () => {
    let data: unknown = 0;
    for (let depth = 0; depth < 100_000; depth += 1) data = [data];
    onCommand.mockResolvedValueOnce({
      epoch: 3,
      outcome: { kind: 'result', action: 'DataTransfer', payload: { status: 'Accepted', data } },
    });
    await receive(command);
    expect(redis.published[0]?.[1]).toMatchObject({
      epoch: 3,
      outcome: { kind: 'invalidResult', action: 'DataTransfer', reason: expect.stringMatching(/JSON/), payload: null },
    });
  });

  it('S4 does not claim that nothing was sent where carrying out failed on the way', async () => {
    onCommand.mockRejectedValueOnce(new Error('bug'));
    await receive(command);
    expect(redis.published[0]?.[1]).toMatchObject({ outcome: { kind: 'refused', code: 'failed' } });
  });

  it('replies offline to a command that comes before the UNSUBSCRIBE has taken effect', async () => {
    sut.detach('CP-1');
    await receive(command);
    expect(onCommand).not.toHaveBeenCalled();
    expect(redis.published[0]?.[1]).toMatchObject({ epoch: 0, outcome: { kind: 'offline' } });
  });

  it('leaves a command that is meant for another instance to that one', async () => {
    await receive({ ...command, pod: 'pod-b' });
    expect(onCommand).not.toHaveBeenCalled();
    expect(redis.published[0]?.[1]).toMatchObject({ epoch: 0, outcome: { kind: 'moved' } });
    await receive({ ...command, pod: 'pod-a' });
    expect(onCommand).toHaveBeenCalledTimes(1);
  });

  it('tells whoever carries a command out that its caller has gone, and nobody else', async () => {
    const gone: AbortSignal[] = [];
    onCommand.mockImplementation((_, signal) => {
      gone.push(signal);
      return new Promise(() => undefined);
    });
    await receive(command);
    await receive({ ...command, requestId: 'r2' });
    await receive({ v: 1, type: 'cancel', cpId: 'CP-1', requestId: 'r2' });
    await receive({ v: 1, type: 'cancel', cpId: 'CP-1', requestId: 'ended long ago' });
    expect(gone.map(({ aborted }) => aborted)).toEqual([false, true]);
    expect(errors).toEqual([]);
  });

  it('overlooks a newer connection of a charger that is no longer attached', async () => {
    const superseded = { v: 1, type: 'superseded', cpId: 'CP-1', epoch: 9 };
    await receive(superseded);
    sut.detach('CP-1');
    await receive(superseded);
    expect(onSuperseded.mock.calls).toEqual([['CP-1', 9]]);
  });

  it('cannot reply to a newer version without a request id', async () => {
    await receive({ v: 2 });
    expect(redis.published).toEqual([]);
    expect(errors).toEqual(['command of a newer bus version refused']);
  });

  it('survives a callback that throws', async () => {
    onSuperseded.mockImplementationOnce(() => {
      throw new Error('bug');
    });
    await receive({ v: 1, type: 'superseded', cpId: 'CP-1', epoch: 9 });
    expect(errors).toEqual(['command bus message failed']);
  });

  it('hears nothing after the end', async () => {
    await sut.stop();
    await receive(command);
    expect(redis.published).toEqual([]);
  });
});
