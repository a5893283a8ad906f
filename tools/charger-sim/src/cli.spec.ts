import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { command, formatSummary, readCommandLine } from './cli.ts';
import { parseDuration } from './duration.ts';
import type { TrueSession } from './truth.ts';

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
    [['--replay', 'cp1.jsonl', '--token', 't'], '--gateway and --token belong together'],
    [['--replay', 'cp1.jsonl', '--speed', '0'], 'Use a number above 0'],
    [['--misbehave', 'bad-hair'], 'There is no misbehaviour bad-hair. There are: clock-2000,'],
    [['--misbehave', 'reused-transaction-id'], 'not of OCPP 1.6: reused-transaction-id'],
  ])('refuses %j and says what to do', (argv, hint) => {
    expect(() => read(...argv)).toThrow(hint);
  });

  it('gives every charger the misbehaviours that are named', () => {
    const { options } = read('--count', '2', '--misbehave', 'lost-stop,clock-2000');
    const names = [1, 2].map(() => options.misbehavioursOf?.().map(({ name }) => name));
    expect(names).toEqual(Array(2).fill(['clock-2000', 'lost-stop']));
  });

  it('gives each charger some of its own at random, the same for the same seed', () => {
    const some = (seed: string): string[][] => {
      const { options } = read('--misbehave', 'random', '--seed', seed, '--protocol', '2.0.1');
      return Array.from({ length: 5 }, () => options.misbehavioursOf?.().map(({ name }) => name) ?? []);
    };
    expect(some('7')).toEqual(some('7'));
    expect(some('7')).not.toEqual(some('8'));
  });

  it('appends the truth to the file that is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'charger-sim-'));
    const file = join(folder, 'truth.jsonl');
    const { options } = read('--log', file);
    options.truth?.({ kind: 'session', cpId: 'CP1' } as TrueSession);
    options.truth?.({ kind: 'session', cpId: 'CP2' } as TrueSession);
    expect(await readFile(file, 'utf8')).toBe('{"kind":"session","cpId":"CP1"}\n{"kind":"session","cpId":"CP2"}\n');
    await rm(folder, { recursive: true });
  });

  it('takes a recording to replay', () => {
    const { replay } = read(
      ...['--replay', 'cp1.jsonl', '--cp-id', 'CP2', '--url', 'ws://localhost:1', '--speed', '2', '--shift-times'],
      ...['--wait', '2s', '--gateway', 'http://localhost:8080', '--token', 't'],
    );
    expect(replay).toEqual({
      ...{ file: 'cp1.jsonl', cpId: 'CP2', url: 'ws://localhost:1', speed: 2, shiftTimes: true },
      ...{ waitMs: 2000, callTimeoutMs: 30_000, rest: { gateway: 'http://localhost:8080', token: 't' } },
    });
    expect(read('--id', 'CP1').replay).toBeUndefined();
  });

  it('shows every misbehaviour in its help, with what it does', () => {
    let help = '';
    command()
      .configureOutput({ writeOut: (text) => (help += text) })
      .outputHelp();
    expect(help).toMatch(/^ {2}clock-2000 +The clock restarts at 2000-01-01 with every boot\.$/m);
    expect(help).toMatch(/^ {2}lost-stop /m);
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
