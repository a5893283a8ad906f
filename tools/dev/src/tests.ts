import { findChromium } from '@ocpp-gw/rig/settings';
import { failures, forgetResults, lineCoverage, sumTotals } from './totals.ts';
import { run, step } from './step.ts';

const MINIMUM_COVERAGE = 80;
const nx = (target: string, ...args: string[]): Promise<boolean> =>
  run('nx', ['run-many', '-t', target, '--output-style=static', ...args]);

/** Chromium is a package of the system, which a machine may lack. */
async function pagesInBrowser(): Promise<boolean> {
  if (findChromium()) return nx('browser');
  console.log('left out: there is no Chromium (Debian: apt-get install chromium), and CHROMIUM names none');
  return true;
}

/**
 * `make tests`: every check, all of them even when an early one fails. Ends with jest's totals.
 * @returns whether everything passed.
 */
export async function tests(): Promise<boolean> {
  forgetResults();
  const results = [
    await step('formatting', () => run('prettier', ['--check', '--log-level=warn', '.'])),
    await step('protobuf contract', () => run('buf', ['lint'])),
    await step('protobuf contract breaks no client', () =>
      run(process.execPath, ['tools/codegen/src/publish-protos.ts', '--check']),
    ),
    await step('generate and build', () => nx('build', '--parallel=2')),
    await step('configuration reference is current', () =>
      run(process.execPath, ['tools/dev/src/config-docs.ts', '--check']),
    ),
    await step('charts are current', () => run(process.execPath, ['tools/charts/src/schema.ts', '--check'])),
    await step('API description is current', () => run(process.execPath, ['tools/dev/src/openapi-docs.ts', '--check'])),
    await step('gateway.proto is current', () =>
      run(process.execPath, ['tools/codegen/src/gateway-proto.ts', '--check']),
    ),
    await step('types', () => nx('typecheck', '--parallel=2')),
    await step('lint and boundaries', () => nx('lint', '--parallel=2')),
    await step('unit tests', () => nx('test', '--parallel=2')),
    await step('integration tests', () => nx('integration', '--parallel=1')),
    await step('end-to-end tests', () => nx('e2e', '--parallel=1')),
    await step('API pages in a browser', pagesInBrowser),
    await step('conformance matrix is current', () =>
      run(process.execPath, ['--conditions=@ocpp-gw/source', 'tools/conformance/src/main.ts', '--check']),
    ),
  ];
  for (const failure of failures()) console.log(`\nfailed: ${failure}`);
  const covered = lineCoverage();
  console.log(`\nline coverage: ${covered} % (at least ${MINIMUM_COVERAGE} %)`);
  const totals = sumTotals();
  console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);
  return results.every(Boolean) && covered >= MINIMUM_COVERAGE && totals.failed === 0 && totals.passed > 0;
}
