import { describe, expect, it } from '@jest/globals';
import { EVENT_PATTERNS, isEventPattern, matchesEvent } from './event-pattern.ts';

describe('matchesEvent', () => {
  it.each([
    ['*', 'cp.boot', true],
    ['tx.*', 'tx.started', true],
    ['tx.*', 'cp.boot', false],
    ['tx.*', 'txx.started', false],
    ['cp.boot', 'cp.boot', true],
    ['cp.boot', 'cp.boots', false],
  ])('%s covers %s: %s', (pattern, type, covered) => {
    expect(matchesEvent(pattern, type)).toBe(covered);
  });

  it('knows which patterns can match at all', () => {
    expect(['*', 'cp.*', 'tx.ended', 'a.*', 'tx.', ''].map(isEventPattern)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('says the same as a regular expression', () => {
    const expression = new RegExp(EVENT_PATTERNS, 'u');
    for (const text of ['*', 'cp.*', 'tx.ended', 'a.*', 'tx.', '', 'txxended', ' tx.ended', 'tx.ended\n'])
      expect(expression.test(text)).toBe(isEventPattern(text));
  });
});
