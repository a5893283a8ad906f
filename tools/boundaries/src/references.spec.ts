import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');
const exclude = ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/coverage/**'];
const filesOf = (pattern: string): string[] => globSync(pattern, { cwd: root, exclude });
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('references', () => {
  it('lead from documents to files that exist', () => {
    const broken = filesOf('**/*.md').flatMap((file) =>
      [...textOf(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(resolve(root, dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('lead from code to documents that exist', () => {
    const code = ['{apps,libs,tools}/*/src/**/*.ts', '*.mjs', 'proto/**/*.proto', 'Makefile'].flatMap(filesOf);
    const broken = code.flatMap((file) =>
      [...textOf(file).matchAll(/\bdocs\/[\w./-]+\.md\b/g)]
        .filter(([target]) => !existsSync(join(root, target)))
        .map(([target]) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
