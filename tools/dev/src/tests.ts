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
  const failedSteps: string[] = [];
  const check = async (title: string, work: () => Promise<boolean>): Promise<void> => {
    if (!(await step(title, work))) failedSteps.push(title);
  };
  await check('formatting', () => run('prettier', ['--check', '--log-level=warn', '.']));
  await check('protobuf contract', () => run('buf', ['lint']));
  await check('protobuf contract breaks no client', () =>
    run(process.execPath, ['tools/codegen/src/publish-protos.ts', '--check']),
  );
  await check('generate and build', () => nx('build', '--parallel=2'));
  await check('configuration reference is current', () =>
    run(process.execPath, ['tools/dev/src/config-docs.ts', '--check']),
  );
  await check('charts are current', () => run(process.execPath, ['tools/charts/src/schema.ts', '--check']));
  await check('rules of the objectives and dashboards are current', () =>
    run(process.execPath, ['--conditions=@ocpp-gw/source', 'tools/observability/src/main.ts', '--check']),
  );
  await check('API description is current', () => run(process.execPath, ['tools/dev/src/openapi-docs.ts', '--check']));
  await check('event catalogue is current', () =>
    run(process.execPath, ['--conditions=@ocpp-gw/source', 'tools/dev/src/event-catalogue.ts', '--check']),
  );
  await check('page of the ClickHouse schema is current', () =>
    run(process.execPath, ['--conditions=@ocpp-gw/source', 'tools/dev/src/schema-docs.ts', '--check']),
  );
  await check('gateway.proto is current', () =>
    run(process.execPath, ['tools/codegen/src/gateway-proto.ts', '--check']),
  );
  await check('types', () => nx('typecheck', '--parallel=2'));
  await check('lint and boundaries', () => nx('lint', '--parallel=2'));
  await check('unit tests', () => nx('test', '--parallel=2'));
  await check('integration tests', () => nx('integration', '--parallel=1'));
  await check('end-to-end tests', () => nx('e2e', '--parallel=1'));
  await check('API pages in a browser', pagesInBrowser);
  await check('conformance matrix is current', () =>
    run(process.execPath, ['--conditions=@ocpp-gw/source', 'tools/conformance/src/main.ts', '--check']),
  );
  for (const title of failedSteps) console.log(`\nfailed step: ${title}`);
  for (const failure of failures()) console.log(`\nfailed: ${failure}`);
  const covered = lineCoverage();
  console.log(`\nline coverage: ${covered} % (at least ${MINIMUM_COVERAGE} %)`);
  const totals = sumTotals();
  console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);
  return failedSteps.length === 0 && covered >= MINIMUM_COVERAGE && totals.failed === 0 && totals.passed > 0;
}
