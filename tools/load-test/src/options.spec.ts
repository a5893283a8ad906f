import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { command, readOptions } from './options.ts';

const read = (...argv: string[]) => readOptions(argv, quiet());

function quiet(): Command {
  return command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

describe('readOptions', () => {
  it('is a thousand chargers of both versions by default, in one process', () => {
    expect(read()).toMatchObject({
      chargers: 1000,
      rate: 200,
      seconds: 60,
      secondsOf: {},
      versions: ['1.6', '2.0.1'],
      processes: 1,
      sources: 0,
      edges: 1,
      killEdge: false,
    });
  });

  it('takes more processes and addresses for more chargers', () => {
    expect(read('--chargers', '36000', '--edges', '2')).toMatchObject({ processes: 4, sources: 18, edges: 2 });
    expect(read('--chargers', '36000', '--processes', '2', '--sources', '8')).toMatchObject({
      processes: 2,
      sources: 8,
    });
  });

  it('reads seconds of single phases, phases, settings and targets', () => {
    const argv = ['--seconds', '10,steady=1800', '--phases', 'steady,rush', '--set', 'A_B=1', '--set', 'C=x=y'];
    expect(read(...argv)).toMatchObject({
      seconds: 10,
      secondsOf: { steady: 1800 },
      phases: ['steady', 'rush'],
      set: { A_B: '1', C: 'x=y' },
    });
    expect(read('--target', 'ws://a:1,ws://b:1', '--gateway', 'http://c/api/v1')).toMatchObject({
      target: ['ws://a:1', 'ws://b:1'],
    });
  });

  it.each([
    ['--chargers', '0'],
    ['--seconds', 'noon=5'],
    ['--phases', 'noon'],
    ['--mix', 'Boot=1'],
    ['--versions', '1.5'],
    ['--set', 'lower=1'],
    ['--kill-edge'],
    ['--target', 'ws://a:1'],
  ])('refuses %s %s', (...argv) => {
    expect(() => read(...argv)).toThrow();
  });
});
