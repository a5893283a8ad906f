import { describe, expect, it } from '@jest/globals';
import { command, readOptions } from './options.ts';

const quiet = () =>
  command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });

describe('readOptions', () => {
  it('has defaults', () => {
    expect(readOptions([])).toEqual({ seconds: 3, chargers: 64, rate: 200 });
  });

  it('reads whole numbers', () => {
    expect(readOptions(['--seconds', '2', '--chargers', '10', '--rate', '50'])).toEqual({
      seconds: 2,
      chargers: 10,
      rate: 50,
    });
  });

  it.each(['0', '61', '1.5', 'x'])('refuses %s seconds, so that a bench stays short', (seconds) => {
    expect(() => readOptions(['--seconds', seconds], quiet())).toThrow(/whole number/);
  });
});
