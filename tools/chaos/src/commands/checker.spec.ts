import { describe, expect, it } from '@jest/globals';
import { commandDifferences } from './checker.ts';
import type { Ask, End, KeptCommand, SentCommand } from './facts.ts';

const says = '["Accepted","CP1 1"]';
const problem = (status: number, name: string, commandId = 'c1'): End => ({
  ...{ kind: 'answer', status, problem: name, explicit: true, commandId },
});
const accepted: End = { kind: 'answer', status: 200, explicit: true, commandId: 'c1', says };
const broken: End = { kind: 'broken', reason: 'ECONNRESET' };
const silence: End = { kind: 'silence' };
const kept = (state: string, facts: Partial<KeptCommand> = {}): KeptCommand => ({
  ...{ commandId: 'c1', marker: 'm1', state },
  ...facts,
});
const keptAccepted = kept('accepted', { says });

interface Case {
  ends: End[];
  /** How its charger answered each that it got. */
  got: string[];
  rows?: KeptCommand[];
  keyed?: boolean;
  absences?: { from: number; to: number }[];
}

/** One command, asked for at 100, 200, …, each answered 50 later. */
function faults({ ends, got, rows = [keptAccepted], keyed = false, absences = [] }: Case): string[] {
  const asks = ends.map((end, index): Ask => ({ api: 0, from: 100 + index * 100, to: 150 + index * 100, end }));
  const sent: SentCommand[] = [{ cpId: 'CP1', marker: 'm1', keyed, asks }];
  const transfers = [{ marker: 'other', answered: 'Accepted' }, ...got.map((answered) => ({ marker: 'm1', answered }))];
  const received = new Map([['CP1', transfers]]);
  return commandDifferences({ sent, received, kept: rows, absences: [absences] }).map(({ fault }) => fault);
}

const refused = kept('callerror', { problem: 'call-error' });
const offline = kept('disconnected', { problem: 'charge-point-offline' });
const timeout = kept('timeout', { problem: 'answer-timeout' });

describe('commandDifferences', () => {
  it.each<[string, Case]>([
    ['answered by the charger that got it', { ends: [accepted], got: ['Accepted'] }],
    ['refused by it', { ends: [problem(502, 'call-error')], got: ['CALLERROR'], rows: [refused] }],
    ['for a charger that was away', { ends: [problem(409, 'charge-point-offline')], got: [], rows: [offline] }],
    ['of which nobody knows', { ends: [problem(504, 'answer-timeout')], got: ['Accepted'], rows: [timeout] }],
    ['that was not carried out', { ends: [problem(504, 'answer-timeout')], got: [], rows: [timeout] }],
    ['that was never made', { ends: [broken], got: [], rows: [], absences: [{ from: 0, to: 400 }] }],
  ])('has nothing against a command %s', (_, given) => {
    expect(faults(given)).toEqual([]);
  });

  it.each<[string, Case, string[]]>([
    ['that the charger got twice', { ends: [accepted], got: ['Accepted', 'Accepted'] }, ['doubled']],
    ['that was kept twice', { ends: [accepted], got: ['Accepted'], rows: [keptAccepted, offline] }, ['doubled']],
    ['that was answered and never came', { ends: [accepted], got: [] }, ['lost', 'wrong']],
    ['that came and is not kept', { ends: [problem(504, 'answer-timeout')], got: ['Accepted'], rows: [] }, ['lost']],
    [
      'that came, though nothing was said to be sent',
      { ends: [problem(503, 'not-taken')], got: ['Accepted'], rows: [timeout] },
      ['wrong'],
    ],
    ['that nobody answered', { ends: [silence], got: [], rows: [timeout] }, ['unanswered']],
    [
      'that was answered by no problem',
      { ends: [{ kind: 'answer', status: 502, explicit: false }], got: [], rows: [timeout] },
      ['unexplained'],
    ],
    ['whose connection broke by itself', { ends: [broken], got: [], rows: [timeout] }, ['unexplained']],
  ])('tells of a command %s', (_, given, expected) => {
    expect(faults(given)).toEqual(expected);
  });

  it.each<[KeptCommand, string[], string[]]>([
    [keptAccepted, ['Rejected'], ['wrong']],
    [kept('rejected'), ['Accepted'], ['wrong']],
    [kept('rejected'), ['Rejected'], []],
    [kept('callerror'), ['CALLERROR'], []],
    [offline, ['Accepted'], ['wrong']],
    [kept('disconnected', { problem: 'charge-point-disconnected' }), ['Accepted'], []],
    [kept('expired'), ['Accepted'], ['wrong']],
    [kept('refused'), ['Rejected'], ['wrong']],
    [kept('expired'), [], []],
    [timeout, ['Accepted'], []],
    [kept('sent'), ['Accepted'], ['open']],
    [kept('invalid_answer'), ['Accepted'], ['wrong']],
  ])('compares %j with what the charger answered: %j', (row, got, expected) => {
    const ends = [problem(504, 'answer-timeout')];
    expect(faults({ ends, got, rows: [row] })).toEqual(expected);
  });

  it.each([
    [{ from: 150, to: 400 }, []],
    [{ from: 50, to: 120 }, []],
    [{ from: 140, to: Infinity }, []],
    [{ from: 0, to: 99 }, ['unexplained']],
    [{ from: 201, to: 300 }, ['unexplained']],
  ])('forgives a broken connection only while command-api was away: %j', (absence, expected) => {
    expect(faults({ ends: [broken], got: [], rows: [timeout], absences: [absence] })).toEqual(expected);
  });

  describe('with a key', () => {
    const unsettled = [silence, problem(503, 'dependency-unavailable'), problem(503, 'answer-lost')];

    it('has nothing against what is settled in the end', () => {
      const ends = [...unsettled, problem(409, 'command-running'), accepted, accepted];
      expect(faults({ keyed: true, ends, got: ['Accepted'] })).toEqual([]);
    });

    it('lets an answer come late', () => {
      const ends = [problem(504, 'answer-timeout'), accepted];
      expect(faults({ keyed: true, ends, got: ['Accepted'] })).toEqual([]);
    });

    it('lets a request be refused before there is a command', () => {
      const notFound: End = { kind: 'answer', status: 404, explicit: true, problem: 'charge-point-not-found' };
      expect(faults({ keyed: true, ends: [notFound, accepted], got: ['Accepted'] })).toEqual([]);
    });

    it.each<[string, End[]]>([
      ['name two commands', [accepted, { ...accepted, commandId: 'c2' }]],
      ['say two things', [accepted, { ...accepted, says: '["Accepted","CP1 2"]' }]],
      ['forget the end', [accepted, problem(504, 'answer-timeout')]],
      ['say that it runs when it has ended', [accepted, problem(409, 'command-running')]],
      ['say otherwise than the command', [{ ...accepted, says: '["Accepted","CP1 9"]' }]],
      ['change what was no timeout', [problem(502, 'charge-point-disconnected'), accepted]],
    ])('tells of answers that %s', (_, ends) => {
      expect(faults({ keyed: true, ends, got: ['Accepted'] })).toEqual(['disagreeing']);
    });

    it('tells of a timeout that ends as one that was not sent', () => {
      const ends = [problem(504, 'answer-timeout'), problem(409, 'charge-point-offline')];
      expect(faults({ keyed: true, ends, got: [], rows: [offline] })).toEqual(['disagreeing']);
    });

    it('tells of a command of which its callers never hear', () => {
      expect(faults({ keyed: true, ends: unsettled, got: ['Accepted'], rows: [keptAccepted] })).toEqual(['unanswered']);
    });
  });
});
