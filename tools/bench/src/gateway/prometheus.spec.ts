import { describe, expect, it } from '@jest/globals';
import { sumOf } from './prometheus.ts';

const text = `# HELP lag Messages
# TYPE lag gauge
lag{topic="cp.boot"} 3
lag{topic="cp.meter"} 1.5e1
lag_total 100
depth{state="pending"} 2
depth{state="dead"} 7
plain 4
`;

describe('sumOf', () => {
  it.each([
    ['lag', '', 18],
    ['depth', 'state="pending"', 2],
    ['plain', '', 4],
    ['absent', '', 0],
  ])('adds the samples of %s with %j', (metric, label, sum) => {
    expect(sumOf(text, metric, label)).toBe(sum);
  });
});
