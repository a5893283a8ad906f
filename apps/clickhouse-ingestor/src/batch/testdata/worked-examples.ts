import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';

const FOLDER = join(import.meta.dirname, '../../../../../docs/data');
const EXAMPLE = /^## (?<title>.+?)\n(?:(?!^## ).)*?```sql\n(?<sql>.+?)```\n(?:\n```json\n(?<answer>.+?)```)?/gms;

/** A question of a page in docs/data. */
export interface WorkedExample {
  title: string;
  sql: string;
  /** The answer below it. */
  answer: unknown;
}

/** A page of docs/data that has questions under headings, each with the answer below it. */
export class WorkedExamples {
  readonly all: readonly WorkedExample[];
  private readonly path: string;

  constructor(page: string) {
    this.path = join(FOLDER, page);
    this.all = [...readFileSync(this.path, 'utf8').matchAll(EXAMPLE)].map(({ groups }) => ({
      title: groups?.['title'] ?? '',
      sql: (groups?.['sql'] ?? '').replace(/;\s*$/, ''),
      answer: groups?.['answer'] === undefined ? undefined : (JSON.parse(groups['answer']) as unknown),
    }));
  }

  /** Compares the answer with that of the page. With EXAMPLES=rewrite the page gets the answer instead; format it then. */
  check({ title, answer }: WorkedExample, rows: readonly unknown[]): void {
    if (process.env['EXAMPLES'] === 'rewrite') this.rewrite(title, rows);
    else expect(rows).toEqual(answer);
  }

  private rewrite(title: string, rows: readonly unknown[]): void {
    const page = readFileSync(this.path, 'utf8').replaceAll(EXAMPLE, (example, ...rest) => {
      const groups = rest.at(-1) as Record<string, string | undefined>;
      if (groups['title'] !== title) return example;
      const question = example.replace(/\n```json\n.+?```$/s, '');
      const answer = rows.map((row) => JSON.stringify(row)).join(',\n');
      return `${question}\n\`\`\`json\n[${answer}]\n\`\`\``;
    });
    writeFileSync(this.path, page);
  }
}
