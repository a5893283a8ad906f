import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Leaves each run's totals and its tests in `<project>/test-results/<tier>.json`, for `make tests` to sum and for the conformance
 * matrix to quote.
 */
export default class TotalsReporter {
  constructor(globalConfig, options) {
    this.directory = join(options.rootDir, 'test-results');
  }

  onRunComplete(contexts, results) {
    const tier = [...contexts][0]?.config.displayName?.name ?? 'none';
    mkdirSync(this.directory, { recursive: true });
    const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, numPendingTests: skipped } = results;
    const tests = results.testResults.flatMap(({ testFilePath, testResults }) =>
      testResults.map(({ ancestorTitles, title, status }) => ({
        path: [...ancestorTitles, title],
        file: relative(import.meta.dirname, testFilePath),
        passed: status === 'passed',
      })),
    );
    const totals = { passed, failed: numFailedTests + numRuntimeErrorTestSuites, skipped, tests };
    writeFileSync(join(this.directory, `${tier}.json`), `${JSON.stringify(totals)}\n`);
  }
}
