import type { Answer } from './ask.ts';

/** The share of the rows that an answer about a day, a charger or now may read. */
export const MOST = 0.02;

/** The answer, and which part of the rows of facts was read for it. */
export type Shared = Answer & { share: number };

export interface Row {
  name: string;
  /** Absent where the layout of before had no answer. */
  before: Shared | undefined;
  now: Shared;
}

/** A Markdown table. */
export function queriesTable(rows: readonly Row[]): string {
  return [
    ['question', 'rows read before', 'share', 'ms', 'rows read now', 'share', 'ms'],
    ['---', ...Array.from({ length: 6 }, () => '---:')],
    ...rows.map(({ name, before, now }) => [name, ...cells(before), ...cells(now)]),
  ]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

function cells(answer: Shared | undefined): string[] {
  if (!answer) return ['', '', ''];
  return [
    answer.rowsRead.toLocaleString('en'),
    `${(answer.share * 100).toFixed(2)} %`,
    answer.givenUp ? 'given up' : answer.ms.toFixed(0),
  ];
}
