import { describe, expect, it } from '@jest/globals';
import { recordMs } from '../measure/histogram.ts';
import { linesOf, renderChart } from './chart.ts';
import { renderPage } from './html.ts';
import { buildReport } from './model.ts';
import { progressLine } from './progress.ts';
import { phaseOf, runOf } from './testdata/run.ts';
import { renderReport } from './text.ts';

const phases = [
  phaseOf('empty', 0, []),
  phaseOf('boot', 10_000, [5], (tally) => {
    tally.away = 10;
    for (let n = 1; n <= 10; n += 1) recordMs(tally.returns, n * 1000);
  }),
  phaseOf('idle', 20_000, []),
  phaseOf('steady', 30_000, [1, 2, 3, 4]),
];
const report = buildReport(runOf(phases));

describe('renderReport', () => {
  it('has a table of each kind, and says at its end that nothing is wrong', () => {
    const text = renderReport(report);
    for (const title of ['Phases', 'Actions', 'Chargers that came', 'CPU', 'Memory', 'The generator itself', 'Balance'])
      expect(text).toMatch(new RegExp(`^${title}`, 'm'));
    expect(text).toMatch(/^steady +10 +4 +4 +0 +0 +2\.0/m);
    expect(text).toMatch(/^boot +10 +10 +5\.0 +10\.0 +10\.0/m);
    expect(text.trimEnd()).toMatch(/Nothing is lost, and nothing was answered by an error\.$/);
  });
});

describe('renderPage', () => {
  const page = renderPage(report);

  it('needs nothing from elsewhere', () => {
    expect(page).not.toMatch(/(src|href)=|@import|url\(|<script|https?:/);
  });

  it('has a curve for each picture, and the tables of the terminal', () => {
    expect(page.match(/<svg/g)).toHaveLength(6);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(page).toContain('<h2>Balance</h2>');
    expect(page).toContain('Actions in steady');
  });

  it('writes what it is given as text', () => {
    expect(page).toContain('CPU &lt;of a test&gt;');
  });
});

describe('renderChart', () => {
  it('shows peaks though it has fewer columns than points', () => {
    const points = Array.from({ length: 5000 }, (_, n) => [n, n === 1234 ? 900 : 1] as const);
    const chart = renderChart({ title: 'Peak', unit: 'ms', series: [{ name: 'p99', points }] });
    expect(chart.match(/[ML]/g)?.length).toBeLessThanOrEqual(500);
    // The top of the plot.
    expect(chart).toMatch(/[ML]\d+\.\d 22\.0/);
  });

  it('leaves a hole where nothing was measured, and out what has no value at all', () => {
    const series = [
      {
        name: 'p50',
        points: [
          [0, 1],
          [1, null],
          [2, 3],
        ] as const,
      },
    ];
    expect(renderChart({ title: 'Hole', unit: 'ms', series }).match(/M/g)).toHaveLength(2);
    expect(renderChart({ title: 'None', unit: 'ms', series: [{ name: 'p50', points: [[0, null]] }] })).toBe('');
  });
});

describe('linesOf', () => {
  it.each([
    [0, 1903, undefined, [0, 500, 1000, 1500]],
    [0, 10, undefined, [0, 2, 4, 6, 8, 10]],
    [0, 0.4, undefined, [0, 0.1, 0.2, 0.3, 0.4]],
    [0.17, 5063, 'log', [1, 10, 100, 1000]],
    [2, 7, 'log', []],
  ] as const)('from %d to %d (%s) are round', (bottom, top, scale, lines) => {
    const found = linesOf(bottom, top, scale);
    expect(found).toHaveLength(lines.length);
    lines.forEach((line, n) => expect(found[n]).toBeCloseTo(line));
  });
});

describe('progressLine', () => {
  it('is one line', () => {
    const [second] = report.seconds;
    expect(second && progressLine({ ...second, errors: 2 }, phases[0]!.phase)).toBe(
      '    10 s  empty      planned 1/s  answered 1/s  p99 20 ms  waiting 0  connected 10  errors 2',
    );
  });
});
