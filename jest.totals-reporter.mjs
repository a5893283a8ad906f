import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Leaves each run's totals and its tests in `<project>/test-results/<tier>.json`, for `make tests` to sum, with what
 * failed to name at its end, and for the conformance matrix to quote.
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
    const failures = results.testResults.flatMap(({ testFilePath, testResults, failureMessage }) => {
      const file = relative(import.meta.dirname, testFilePath);
      const failed = testResults.filter(({ status }) => status === 'failed');
      if (failureMessage && failed.length === 0) return [{ title: file, message: failureMessage }];
      return failed.map((test) => ({ title: `${file} › ${test.fullName}`, message: test.failureMessages.join('\n') }));
    });
    const totals = { passed, failed: numFailedTests + numRuntimeErrorTestSuites, skipped, tests, failures };
    writeFileSync(join(this.directory, `${tier}.json`), `${JSON.stringify(totals)}\n`);
  }
}
