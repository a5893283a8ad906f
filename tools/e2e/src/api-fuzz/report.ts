import type { FuzzResult } from './schemathesis.ts';

const SHOWN = 5;

/** A line for each run. */
export function renderResults(results: readonly FuzzResult[]): string {
  const rows = [
    ['run', 'operations', 'requests', '2xx', '4xx', '5xx', 'findings', 'seconds'],
    ...results.map(({ name, operations: [tested, total], statuses, findings, seconds }) => [
      name,
      `${tested}/${total}`,
      ...[undefined, 2, 4, 5].map((first) => String(count(statuses, first))),
      String(findings.length),
      seconds.toFixed(0),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function count(statuses: FuzzResult['statuses'], first?: number): number {
  return [...statuses].reduce(
    (sum, [status, times]) => sum + (first === undefined || Math.floor(status / 100) === first ? times : 0),
    0,
  );
}

/** What a run found, and how often each status came. */
export function renderFindings({ name, statuses, findings }: FuzzResult): string {
  const sorted = [...statuses].sort(([a], [b]) => a - b);
  const lines = findings.map(({ title, count: times, operations }) => {
    const more = operations.length > SHOWN ? [`and ${operations.length - SHOWN} more`] : [];
    return `  ${title}: ${times} (${[...operations.slice(0, SHOWN), ...more].join(', ')})`;
  });
  return [`${name}: ${sorted.map(([status, times]) => `${times} × ${status}`).join(', ')}`, ...lines].join('\n');
}
