import { escapeText, renderChart, type Chart } from './chart.ts';
import type { Report } from './model.ts';
import { sectionsOf } from './text.ts';
import { cautionsOf, problemsOf } from './verdicts.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --band: #8881; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 2rem auto; padding: 0 1rem; }
code { font: 13px ui-monospace, monospace; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
th, td { padding: 2px 10px 2px 0; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
.wide { overflow-x: auto; }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; }
svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: currentColor; opacity: .75; }
svg path { fill: none; stroke-width: 1.5; } .grid { stroke: var(--line); } .band0 { fill: var(--band); } .band1 { fill: none; }
.legend span { margin-right: 1rem; font-size: 13px; } .legend i { display: inline-block; width: 10px; height: 10px; margin-right: 4px; }
.good { color: #059669; } .bad { color: #dc2626; } .caution { color: #d97706; font-weight: 600; }`;

/** One page that needs nothing beside it. */
export function renderPage(report: Report): string {
  const problems = problemsOf(report);
  const line = (kind: string, text: string): string => `<p class="${kind}">${escapeText(text)}</p>`;
  const verdict =
    problems.length === 0
      ? line('good', 'Nothing is lost, and nothing was answered by an error.')
      : problems.map((text) => line('bad', text)).join('');
  const tables = sectionsOf(report).map(
    ({ title, note, rows }) => `<h2>${escapeText(title)}</h2>${note ? `<p>${escapeText(note)}</p>` : ''}${table(rows)}`,
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>load-test ${escapeText(report.startedAt)}</title><style>${STYLE}</style></head><body>`,
    `<h1>Load test</h1><p><code>load-test ${escapeText(report.command)}</code><br>${escapeText(report.startedAt)}, ${escapeText(report.machine)}</p>`,
    ...cautionsOf(report).map((text) => line('caution', text)),
    verdict,
    ...chartsOf(report).map(renderChart),
    ...tables,
    ...actionTables(report),
    '</body></html>\n',
  ].join('\n');
}

function table(rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join('')}</tr>`;
  const [titles = [], ...others] = rows;
  return `<div class="wide"><table>${row(titles, 'th')}${others.map((cells) => row(cells, 'td')).join('')}</table></div>`;
}

/** What the terminal has no room for: each action in each phase. */
function actionTables({ phases }: Report): string[] {
  const cell = (ms: number | null): string => (ms === null ? '–' : ms.toFixed(1));
  return phases
    .filter(({ actions }) => Object.keys(actions).length > 0)
    .map(({ name, actions }) => {
      const rows = Object.entries(actions).map(([label, { count, p50, p90, p99, p999, max }]) => [
        label,
        String(count),
        ...[p50, p90, p99, p999, max].map(cell),
      ]);
      return `<h3>Actions in ${name}</h3>${table([['action', 'answered', 'p50 ms', 'p90 ms', 'p99 ms', 'p99.9 ms', 'max ms'], ...rows])}`;
    });
}

export function chartsOf({ seconds, phases, memory }: Report): Chart[] {
  const bands = phases.flatMap(({ name }) => {
    const own = seconds.filter(({ phase }) => phase === name);
    const [first, last] = [own[0], own.at(-1)];
    return first && last ? [{ name, from: first.at - 1, to: last.at }] : [];
  });
  const curve = (name: string, of: (second: Report['seconds'][number]) => number | null) => ({
    name,
    points: seconds.map((second) => [second.at, of(second)] as const),
  });
  const processes = Object.keys(memory.at(-1)?.mib ?? {});
  return [
    {
      title: 'Messages',
      unit: 'a second',
      bands,
      series: [
        curve('planned', ({ planned }) => planned),
        curve('answered', ({ answered }) => answered),
        curve('errors', ({ errors }) => errors),
      ],
    },
    {
      title: 'Latency from the planned time',
      unit: 'ms, logarithmic',
      scale: 'log',
      bands,
      series: [curve('p50', ({ p50 }) => p50), curve('p99', ({ p99 }) => p99)],
    },
    {
      title: 'Chargers and messages that wait',
      unit: 'number',
      bands,
      series: [curve('connected', ({ connected }) => connected), curve('messages that wait', ({ waiting }) => waiting)],
    },
    {
      title: 'Percentiles by phase',
      unit: 'ms, logarithmic',
      scale: 'log',
      // The further to the right, the rarer: each step of x is ten times rarer.
      tick: (x) => `${(100 - 100 / 10 ** x).toFixed(x > 2 ? 2 : 0)} %`,
      series: phases.map(({ name, curve: points }) => ({
        name,
        points: points.map(([percent, ms]) => [-Math.log10(1 - percent / 100), ms] as const),
      })),
    },
    {
      title: 'Memory',
      unit: 'MiB',
      bands,
      series: processes.map((name) => ({
        name,
        points: memory.map(({ at, mib }) => [at, mib[name] ?? null] as const),
      })),
    },
    {
      title: 'CPU',
      unit: 'ms a second',
      bands,
      series: processes.map((name) => ({ name, points: cpuOf(memory, name) })),
    },
  ];
}

/** Shorter than this, ticks of 10 ms are all that CPU is counted in. */
const SHORTEST_S = 1;

function cpuOf(memory: Report['memory'], name: string): (readonly [number, number | null])[] {
  let before = memory[0];
  return memory.slice(1).flatMap((sample) => {
    if (!before || sample.at - before.at < SHORTEST_S) return [];
    const [now, then] = [sample.cpuSeconds[name], before.cpuSeconds[name]];
    const seconds = sample.at - before.at;
    before = sample;
    // Less than before is another process, or none.
    const perSecond = now === undefined || then === undefined || now < then ? null : ((now - then) * 1000) / seconds;
    return [[sample.at, perSecond] as const];
  });
}
