import type { Answer } from './ask.ts';

/** The share of the rows that an answer about a day, a charger or now may read. */
export const MOST = 0.02;

type Shared = Answer & { share: number };

export interface Row {
  name: string;
  before: Shared;
  after: Shared;
}

/** A Markdown table. */
export function queriesTable(rows: readonly Row[]): string {
  const cells = (answer: Shared): string[] => [
    answer.rowsRead.toLocaleString('en'),
    `${(answer.share * 100).toFixed(2)} %`,
    answer.ms.toFixed(0),
  ];
  return [
    ['question', 'rows read before', 'share', 'ms', 'rows read after', 'share', 'ms'],
    ['---', ...Array.from({ length: 6 }, () => '---:')],
    ...rows.map(({ name, before, after }) => [name, ...cells(before), ...cells(after)]),
  ]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}
