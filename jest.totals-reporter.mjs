import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Leaves each run's totals in `<project>/test-results/<tier>.json`, for `make tests` to sum. */
export default class TotalsReporter {
  constructor(globalConfig, options) {
    this.directory = join(options.rootDir, 'test-results');
  }

  onRunComplete(contexts, results) {
    const tier = [...contexts][0]?.config.displayName?.name ?? 'none';
    mkdirSync(this.directory, { recursive: true });
    const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, numPendingTests: skipped } = results;
    const totals = { passed, failed: numFailedTests + numRuntimeErrorTestSuites, skipped };
    writeFileSync(join(this.directory, `${tier}.json`), `${JSON.stringify(totals)}\n`);
  }
}
