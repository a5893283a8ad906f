import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** One test as jest ran it. */
export interface TestResult {
  /** Titles of the describes around it, then its own. */
  path: readonly string[];
  /** Where its claim stands, relative to the repository; an entry file that imports suites is seen through. */
  file: string;
  passed: boolean;
}

/** What the last runs of all tiers left (jest.totals-reporter.mjs). */
export function readResults(): TestResult[] {
  return globSync('{apps,libs,tools}/*/test-results/*.json', { cwd: ROOT }).flatMap((file) => {
    const { tests } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { tests: TestResult[] };
    return tests.map((test) => ({ ...test, file: whereItStands(test) }));
  });
}

const sources = new Map<string, Map<string, string>>();

/** The file among those of the entry's folder that holds the title's first words. */
function whereItStands({ path, file }: TestResult): string {
  if (!file.endsWith('.e2e.ts')) return file;
  const title = path.at(-1) ?? '';
  // A case is known by its id; a title made from a table ends in a placeholder.
  const needles = [/^TC_\w+ /.exec(title)?.[0] ?? title, title.replace(/\S+$/, '')];
  const texts = [...textsBelow(dirname(file))];
  const found = needles.map((needle) => texts.find(([, text]) => text.includes(needle))).find(Boolean);
  return found?.[0] ?? file;
}

function textsBelow(folder: string): Map<string, string> {
  const known = sources.get(folder);
  if (known) return known;
  const files = globSync(`${folder}/**/*.ts`, { cwd: ROOT }).sort();
  const texts = new Map(files.map((file) => [relative('.', file), readFileSync(join(ROOT, file), 'utf8')]));
  sources.set(folder, texts);
  return texts;
}
