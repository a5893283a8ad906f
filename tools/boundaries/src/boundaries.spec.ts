import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Case, constructs, projectBoundaries, purity } from './cases.ts';
import { lint } from './linter.ts';
import type { Finding } from './probe.ts';

const root = resolve(import.meta.dirname, '../../..');
const cases: Case[] = [...projectBoundaries, ...constructs, ...purity];
let findings: { refused: Finding[]; passes: Finding[] }[] = [];

beforeAll(async () => {
  const all = await lint(cases.flatMap(({ refused, passes }) => [refused, passes]));
  findings = cases.map((_, i) => ({ refused: all[2 * i] ?? [], passes: all[2 * i + 1] ?? [] }));
}, 120_000);

describe('the linter', () => {
  it.each(cases.map((subject, index) => ({ ...subject, index })))('holds that $title', ({ index, rule, messageId }) => {
    const { refused, passes } = findings[index] ?? { refused: [], passes: [] };
    expect(refused).toEqual([expect.objectContaining(messageId ? { rule, messageId } : { rule })]);
    // The same file group lets its neighbour through with no finding at all, so the refusal was no accident.
    expect(passes).toEqual([]);
  });

  it.each(globSync('{apps,libs,tools}/*/package.json', { cwd: root }))('finds one type and one scope in %s', (file) => {
    const { nx } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { nx: { tags: string[] } };
    expect(nx.tags).toEqual([
      expect.stringMatching(/^type:(app|base|protocol|contract|adapter|store|kit|testing|tool)$/),
      expect.stringMatching(
        /^scope:(v16|v201|ocpp|shared|ws-edge|command-api|clickhouse-ingestor|webhook-dispatcher)$/,
      ),
    ]);
  });
});
