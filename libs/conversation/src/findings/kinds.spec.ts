import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DETECTORS } from './detectors/index.ts';
import { FINDING_KINDS } from './kinds.ts';

const document = readFileSync(new URL('../../../../docs/findings.md', import.meta.url), 'utf8');
const rows = document
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .slice(2, -2)
      .split(/ +\| /)
      .map((cell) => cell.trim()),
  );

describe('the kinds of findings', () => {
  it('are in docs/findings.md with the same texts, in the same order', () => {
    const declared = Object.entries(FINDING_KINDS).map(([id, { severity, meaning, firstCheck }]) => [
      `\`${id}\``,
      severity,
      meaning,
      firstCheck,
    ]);
    expect(rows).toEqual(declared);
  });

  it('have one detector each', () => {
    expect(DETECTORS.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(FINDING_KINDS).toSorted());
  });

  it.each(Object.entries(FINDING_KINDS))('%s is a kebab-case id with whole sentences', (id, kind) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    for (const text of [kind.meaning, kind.firstCheck]) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(kind.title).toMatch(/^[A-Z].*[^.]$/);
  });
});
