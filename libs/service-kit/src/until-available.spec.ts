import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Logger } from './logger.ts';
import { untilAvailable } from './until-available.ts';

const away = (): Error => Object.assign(new Error('no Postgres'), { retriable: true });

describe('untilAvailable', () => {
  const warned: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn: (message) => void warned.push(message),
    error() {},
    child: () => logger,
  };

  beforeEach(() => {
    warned.length = 0;
  });

  /** What came of a start that fails so often. */
  async function started(failures: number, error: () => Error, seconds: number) {
    let tries = 0;
    const start = () => Promise.resolve().then(() => ((tries += 1) <= failures ? Promise.reject(error()) : undefined));
    const end = await untilAvailable(start, { seconds, logger }).then(
      () => 'started',
      (reason: Error) => reason.message,
    );
    return { end, tries, warned: warned.length };
  }

  it('starts once where all is there', async () => {
    expect(await started(0, away, 60)).toEqual({ end: 'started', tries: 1, warned: 0 });
  });

  it('waits for what is away, and says so each time', async () => {
    expect(await started(2, away, 60)).toEqual({ end: 'started', tries: 3, warned: 2 });
  });

  it('gives up when its startTimeout is over, with the reason', async () => {
    const { end, tries } = await started(Infinity, away, 0.6);
    expect(end).toBe('no Postgres');
    expect(tries).toBeLessThanOrEqual(4);
  });

  it('fails at once without startTimeout, and where waiting does not help', async () => {
    expect(await started(1, away, 0)).toMatchObject({ end: 'no Postgres', tries: 1 });
    expect(await started(1, () => new Error('wrong'), 60)).toMatchObject({ end: 'wrong', tries: 1 });
  });
});
