import { describe, expect, it } from '@jest/globals';
import { newHistogram, recordMs } from '../measure/histogram.ts';
import { buildReport, LAG_BOUND_MS } from './model.ts';
import { phaseOf, runOf } from './testdata/run.ts';
import { cautionsOf, problemsOf } from './verdicts.ts';

const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
const day = () => [phaseOf('empty', 0, []), phaseOf('idle', 10_000, []), phaseOf('steady', 20_000, hundred)];

describe('buildReport', () => {
  it('has for each phase what was answered, how fast, and what it cost', () => {
    const [, , steady] = buildReport(runOf(day())).phases;
    expect(steady).toMatchObject({
      name: 'steady',
      planned: 100,
      answered: 100,
      answeredPerSecond: 10,
      bytesPerCall: 300,
    });
    expect(steady?.latency).toMatchObject({ count: 100, max: expect.closeTo(100, 0) });
    expect(steady?.latency.p90).toBeCloseTo(90, 0);
    expect(steady?.processes['ws-edge']?.microsPerMessage).toBeCloseTo(10_000);
    expect(steady?.processes['ws-edge']?.cpuMsPerSecond).toBeCloseTo(100);
  });

  it('puts the actions of all phases and processes together', () => {
    const phases = [phaseOf('steady', 0, [1, 1, 1]), phaseOf('rush', 10_000, [9])];
    const { actions } = buildReport(runOf(phases));
    expect(actions['Heartbeat']).toMatchObject({ count: 4, p50: 1, max: expect.closeTo(9, 1) });
  });

  it('says what an idle charger adds, when nobody and everybody was silent', () => {
    expect(buildReport(runOf(day())).kibPerIdleCharger?.['ws-edge']).toBeCloseTo(1024 / 10);
    expect(buildReport(runOf(day().slice(1))).kibPerIdleCharger).toBeNull();
  });

  it('counts those that never came back among those that were away', () => {
    const returned = (times: readonly number[], away: number) =>
      buildReport(
        runOf([
          phaseOf('reconnect', 0, [1], (tally) => {
            tally.away = away;
            for (const ms of times) recordMs(tally.returns, ms);
          }),
        ]),
      ).phases[0]?.returns;
    expect(
      returned(
        hundred.map((n) => n * 100),
        100,
      ),
    ).toMatchObject({ half: expect.closeTo(5), nearlyAll: expect.closeTo(9.9), all: expect.closeTo(10) });
    expect(
      returned(
        hundred.map((n) => n * 100),
        110,
      ),
    ).toMatchObject({ back: 100, half: expect.closeTo(5.5), nearlyAll: null, all: null });
    expect(returned([], 1)).toMatchObject({ back: 0, half: null });
    expect(returned([], 0)).toBeNull();
  });

  it('takes commands in by their answers', () => {
    const latency = newHistogram();
    recordMs(latency, 30);
    const phase = {
      ...phaseOf('commands', 0, [1]),
      commands: { asked: 1, ends: { 200: 1 }, latency: { 'REST clear-cache': latency } },
    };
    const report = buildReport(runOf([phase]));
    expect(report.phases[0]?.commands).toMatchObject({ asked: 1, ends: { 200: 1 } });
    expect(report.actions).toHaveProperty('REST clear-cache');
    // They are no messages of chargers.
    expect(report.phases[0]?.latency.count).toBe(1);
  });

  it('does not believe a generator that is late', () => {
    const late = (ms: number) => buildReport(runOf([phaseOf('steady', 0, [1], (tally) => recordMs(tally.lag, ms))]));
    expect(late(LAG_BOUND_MS / 2).generator.valid).toBe(true);
    expect(cautionsOf(late(LAG_BOUND_MS / 2))).toEqual([]);
    expect(late(LAG_BOUND_MS * 2).generator.valid).toBe(false);
    expect(cautionsOf(late(LAG_BOUND_MS * 2))[0]).toMatch(/NOT valid/);
  });
});

describe('problemsOf', () => {
  const problems = (change: Parameters<typeof phaseOf>[3]): string[] =>
    problemsOf(buildReport(runOf([phaseOf('rush', 0, [1], change)])));

  it('finds none in a good run', () => {
    expect(problemsOf(buildReport(runOf(day())))).toEqual([]);
  });

  it.each<[string, Parameters<typeof phaseOf>[3], RegExp]>([
    [
      'an error',
      (tally) => void (tally.errors['StopTransaction InternalError'] = 2),
      /^rush: 2 messages were answered by an error: 2 × StopTransaction InternalError$/,
    ],
    ['no answer', (tally) => void (tally.unanswered = 3), /3 messages had no answer/],
    [
      'a connection that ended',
      (tally) => void (tally.closed['code 1011'] = 1),
      /1 connections ended unasked: 1 × code 1011/,
    ],
    ['a charger that stays away', (tally) => void (tally.away = 1), /1 chargers never/],
  ])('finds %s', (_, change, problem) => {
    expect(problems(change)).toEqual([expect.stringMatching(problem)]);
  });

  it('takes refused handshakes and messages that were cut off for what they are', () => {
    const change = (tally: Parameters<NonNullable<Parameters<typeof phaseOf>[3]>>[0]): void => {
      tally.refused['HTTP 503'] = 100;
      tally.cutOff = 5;
    };
    expect(problems(change)).toEqual([]);
  });

  it('finds commands that failed, and records that differ', () => {
    const phase = {
      ...phaseOf('commands', 0, [1]),
      commands: { asked: 2, ends: { 200: 1, '504 timeout': 1 }, latency: {} },
    };
    const run = runOf([phase]);
    const difference = { system: 'Postgres', fault: 'lost', cpId: 'LOAD-1', what: 'transaction 7' } as const;
    expect(problemsOf(buildReport({ ...run, balance: { ...run.balance, differences: [difference] } }))).toEqual([
      'commands: 1 commands failed: 1 × 504 timeout',
      expect.stringMatching(/^1 differences .* lost in Postgres: LOAD-1 transaction 7$/),
    ]);
  });
});
