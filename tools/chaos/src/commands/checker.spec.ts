import { describe, expect, it } from '@jest/globals';
import { commandDifferences } from './checker.ts';
import type { End, SentCommand } from './facts.ts';

const answer = (status: number, problem?: string, explicit = true): End => ({
  kind: 'answer',
  status,
  explicit,
  ...(problem ? { problem } : {}),
});
const broken: End = { kind: 'broken', reason: 'ECONNRESET' };

/** One command that took from 100 to 200, and how often its charger got it. */
function faults(end: End, got: number, absences: { from: number; to: number }[] = []): string[] {
  const sent: SentCommand[] = [{ cpId: 'CP1', marker: 'm1', from: 100, to: 200, end }];
  const received = new Map([['CP1', ['other', ...Array.from({ length: got }, () => 'm1')]]]);
  return commandDifferences({ sent, received, absences }).map(({ fault }) => fault);
}

describe('commandDifferences', () => {
  it.each<[string, End, number]>([
    ['answered by the charger that got it', answer(200), 1],
    ['refused by the charger that got it', answer(502, 'call-error'), 1],
    ['for a charger that was away', answer(409, 'charge-point-offline'), 0],
    ['of which nobody knows whether it was carried out', answer(504, 'answer-timeout'), 1],
    ['of which nobody knows, and which was not', answer(504, 'answer-timeout'), 0],
  ])('has nothing against a command %s', (_, end, got) => {
    expect(faults(end, got)).toEqual([]);
  });

  it.each<[string, End, number, string]>([
    ['that the charger got twice', answer(200), 2, 'doubled'],
    ['that was answered and never came', answer(200), 0, 'lost'],
    ['that came, though its charger was said to be away', answer(409, 'charge-point-offline'), 1, 'wrong'],
    ['that came, though nothing was said to be sent', answer(503, 'not-taken'), 1, 'wrong'],
    ['that nobody answered', { kind: 'silence' }, 0, 'unanswered'],
    ['that was answered by no problem', answer(502, undefined, false), 0, 'unexplained'],
    ['whose connection broke by itself', broken, 0, 'unexplained'],
  ])('tells of a command %s', (_, end, got, fault) => {
    expect(faults(end, got)).toEqual([fault]);
  });

  it.each([
    [{ from: 150, to: 400 }, []],
    [{ from: 50, to: 120 }, []],
    [{ from: 180, to: Infinity }, []],
    [{ from: 0, to: 99 }, ['unexplained']],
    [{ from: 201, to: 300 }, ['unexplained']],
  ])('forgives a broken connection only while command-api was away: %j', (absence, expected) => {
    expect(faults(broken, 1, [absence])).toEqual(expected);
  });
});
