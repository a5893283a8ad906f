import { percentile } from '../statistics.ts';
import { renderTable } from '../table.ts';
import { ALONE, CONDITIONS, type Condition } from './conditions.ts';
import type { Round } from './measure.ts';

/** Medians over the rounds. A ratio is that of two runs of the same round; beside it the least and the greatest. */
export function webhookReport(rounds: readonly Round[]): string {
  const titles = ['', 'p50 ms', 'p99 ms', 'ratio of p50', 'ratio of p99'];
  return renderTable([titles, ...CONDITIONS.map((condition) => row(rounds, condition))]);
}

function row(rounds: readonly Round[], condition: Condition): string[] {
  const values = (which: 'p50' | 'p99', of = condition): number[] =>
    rounds.map((round) => round.get(of)?.[which] ?? NaN);
  const ms = (which: 'p50' | 'p99'): string => middle(values(which)).toFixed(0);
  const ratio = (which: 'p50' | 'p99'): string => {
    if (condition === ALONE) return '';
    const alone = values(which, ALONE);
    return spread(values(which).map((value, round) => value / (alone[round] ?? NaN)));
  };
  return [condition.title, ms('p50'), ms('p99'), ratio('p50'), ratio('p99')];
}

function spread(ratios: readonly number[]): string {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${middle(ratios).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

function middle(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    50,
  );
}
