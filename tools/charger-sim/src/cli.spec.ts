import { describe, expect, it } from '@jest/globals';
import { command, formatSummary, readCommandLine } from './cli.ts';
import { parseDuration } from './duration.ts';

const read = (...argv: string[]): ReturnType<typeof readCommandLine> =>
  readCommandLine(
    argv,
    command()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined }),
  );

describe('the command line', () => {
  it('takes one charger by its identity', () => {
    const { options, json } = read('--id', 'CP1', '--protocol', '2.0.1', '--sessions', '2', '--meter-interval', '1s');
    expect(options).toMatchObject({
      url: 'ws://localhost:9000',
      protocol: '2.0.1',
      ids: ['CP1'],
      sessions: 2,
      meterIntervalMs: 1000,
      meterValues: 3,
      stay: false,
    });
    expect(json).toBe(false);
  });

  it('numbers the chargers of a fleet', () => {
    expect(read('--count', '3', '--id-prefix', 'LOAD').options.ids).toEqual(['LOAD0001', 'LOAD0002', 'LOAD0003']);
  });

  it.each([
    [['--protocol', '1.5'], 'Allowed choices are 1.6, 2.0.1'],
    [['--count', '0'], 'Use a whole number from 1 on'],
    [['--heartbeat', 'often'], 'Use a number with ms, s, m or h'],
    [['--url', 'http://localhost'], 'Use ws://host:port'],
    [['--id', 'A', '--count', '2'], 'with --count use --id-prefix'],
    [['--unheard'], 'unknown option'],
  ])('refuses %j and says what to do', (argv, hint) => {
    expect(() => read(...argv)).toThrow(hint);
  });

  it('shows every option and how durations are written in its help', () => {
    const help = command().helpInformation();
    for (const option of ['--url', '--password', '--id-prefix', '--stay', '--json', '--meter-values'])
      expect(help).toContain(option);
  });
});

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['7', 7000],
    ['', null],
    ['1d', null],
    ['-1s', null],
  ])('reads %j as %j', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('the summary', () => {
  const summary = {
    chargers: 2,
    accepted: 2,
    sessions: 4,
    acknowledged: 4,
    energyWh: 120,
    durationMs: 3210,
    problems: [] as string[],
    ok: true,
  };

  it('is one line', () => {
    expect(formatSummary(summary, false)).toBe('ok: 2/2 chargers accepted, 4/4 sessions acknowledged, 120 Wh, 3.2 s');
  });

  it('names the first problems', () => {
    const line = formatSummary({ ...summary, ok: false, problems: ['a', 'b', 'c', 'd'] }, false);
    expect(line).toMatch(/^FAILED: .*; a; b; c; …$/);
  });

  it('is an object for machines', () => {
    expect(JSON.parse(formatSummary(summary, true))).toEqual(summary);
  });
});
