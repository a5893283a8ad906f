import { describe, expect, it } from '@jest/globals';
import { CommandInterruptedError, RedisUnavailableError, whileAvailable } from './errors.ts';

const failing = (name: string, message: string) => (): Promise<never> =>
  Promise.reject(Object.assign(new Error(message), { name }));

describe('whileAvailable', () => {
  it('passes a result through', async () => {
    await expect(whileAvailable('get', () => Promise.resolve(7))).resolves.toBe(7);
  });

  it.each([
    ['Error', 'Connection is closed.'],
    ['Error', 'Command timed out'],
    ['MaxRetriesPerRequestError', 'Reached the max retries per request limit'],
    ['ReplyError', 'LOADING Redis is loading the dataset in memory'],
    ['ReplyError', "READONLY You can't write against a read only replica."],
  ])('tells %s %s as Redis being away, with its cause', async (name, message) => {
    const error = await whileAvailable('claim', failing(name, message)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RedisUnavailableError);
    expect(error).toMatchObject({ retriable: true, cause: { message }, message: 'redis is unavailable: claim' });
  });

  it.each([new RangeError('Maximum call stack size exceeded'), new TypeError('undefined is not a function')])(
    'S4 leaves a fault of the program what it is: %s',
    async (fault) => {
      await expect(whileAvailable('claim', () => Promise.reject(fault))).rejects.toBe(fault);
    },
  );

  it('leaves an error reply to a wrong command of ours what it is', async () => {
    const wrong = 'WRONGTYPE Operation against a key holding the wrong kind of value';
    await expect(whileAvailable('claim', failing('ReplyError', wrong))).rejects.toThrow(wrong);
  });
});

describe(CommandInterruptedError.name, () => {
  it('is Redis being away, but not to be retried', () => {
    const error = new CommandInterruptedError('r1', 'CP-1');
    expect(error).toBeInstanceOf(RedisUnavailableError);
    expect(error).toMatchObject({ retriable: false, requestId: 'r1', cpId: 'CP-1', name: 'CommandInterruptedError' });
  });
});
