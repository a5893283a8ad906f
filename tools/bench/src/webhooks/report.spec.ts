import { describe, expect, it } from '@jest/globals';
import { summarise } from '../statistics.ts';
import { CONDITIONS, type Condition } from './conditions.ts';
import { inTurn, type Round } from './measure.ts';
import { webhookReport } from './report.ts';

const round = (ms: (condition: Condition) => number): Round =>
  new Map(CONDITIONS.map((condition) => [condition, summarise([ms(condition)])]));

describe('webhookReport', () => {
  it('compares each condition with the live ones alone of the same round', () => {
    const rounds = [100, 200, 300].map((alone, n) =>
      round(({ dead }) => (dead === 'failing' ? alone * (1 + n) : alone)),
    );
    const lines = webhookReport(rounds)
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(lines).toEqual([
      ['', 'p50 ms', 'p99 ms', 'ratio of p50', 'ratio of p99'],
      ['live ones alone', '200', '200'],
      ['the same again', '200', '200', '1.00 (1.00 to 1.00)', '1.00 (1.00 to 1.00)'],
      ['one never answers', '200', '200', '1.00 (1.00 to 1.00)', '1.00 (1.00 to 1.00)'],
      ['one refuses connections', '200', '200', '1.00 (1.00 to 1.00)', '1.00 (1.00 to 1.00)'],
      ['one answers 500', '400', '400', '2.00 (1.00 to 3.00)', '2.00 (1.00 to 3.00)'],
      ['one answers 500, for hours', '400', '400', '2.00 (1.00 to 3.00)', '2.00 (1.00 to 3.00)'],
    ]);
  });
});

describe('inTurn', () => {
  it('begins each round with another condition', () => {
    const firsts = CONDITIONS.map((_, n) => inTurn(n)[0]);
    expect(new Set(firsts).size).toBe(CONDITIONS.length);
    expect(new Set(inTurn(4))).toEqual(new Set(CONDITIONS));
  });
});
