import { describe, expect, it } from '@jest/globals';
import { command, type Flags } from './command-line.ts';

function parse(...given: string[]): Flags {
  return command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse(given, { from: 'user' })
    .opts<Flags>();
}

describe('the command line', () => {
  it('does a whole run by default', () => {
    expect(parse()).toEqual({ seed: 1, seconds: 150, chargers: 200, misbehaving: 0.2 });
  });

  it('takes what it is given', () => {
    expect(parse('--seed', '7', '--seconds', '30', '--direct', '--targets', 'redis,edge-a-drain')).toMatchObject({
      seed: 7,
      seconds: 30,
      direct: true,
      targets: ['redis', 'edge-a-drain'],
    });
    expect(parse('--break', 'dedup').break).toBe('dedup');
  });

  it.each([
    ['--seed', 'x'],
    ['--seconds', '5'],
    ['--chargers', '0'],
    ['--misbehaving', '1.1'],
    ['--misbehaving', 'all'],
    ['--targets', 'redis,moon'],
    ['--break', 'everything'],
  ])('refuses %s %s', (flag, value) => {
    expect(() => parse(flag, value)).toThrow();
  });
});
