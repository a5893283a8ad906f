import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import istanbul from 'istanbul-lib-coverage';
import { ROOT } from '@ocpp-gw/rig/settings';

const LINES_OF_FAILURE = 8;

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Forgets earlier runs, so that a project that did not run cannot count. */
export function forgetResults(): void {
  for (const folder of globSync('{apps,libs,tools}/*/{test-results,coverage}', { cwd: ROOT }))
    rmSync(join(ROOT, folder), { recursive: true });
}

/** A test that failed, or a file of tests that could not run. */
interface Failure {
  title: string;
  message: string;
}

function results(): (Totals & { failures: Failure[] })[] {
  const files = globSync('{apps,libs,tools}/*/test-results/*.json', { cwd: ROOT });
  return files.map((file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Totals & { failures: Failure[] });
}

/** Jest's totals summed over projects and tiers. */
export function sumTotals(): Totals {
  return results().reduce(add, { passed: 0, failed: 0, skipped: 0 });
}

/** What failed, each with the first lines of its message. */
export function failures(): string[] {
  return results().flatMap((result) =>
    result.failures.map(({ title, message }) => {
      const lines = stripVTControlCharacters(message).split('\n', LINES_OF_FAILURE);
      return [title, ...lines].join('\n    ');
    }),
  );
}

function add(a: Totals, b: Totals): Totals {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Percentage of lines run by the unit and integration tiers together, over all projects. */
export function lineCoverage(): number {
  const map = istanbul.createCoverageMap();
  for (const file of globSync('{apps,libs,tools}/*/coverage/*/coverage-final.json', { cwd: ROOT }))
    map.merge(JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as istanbul.CoverageMapData);
  return map.getCoverageSummary().lines.pct;
}
