const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
      module: { type: 'es6' },
    },
  ],
};

/**
 * One jest configuration for every project; the tiers differ only by file suffix (docs/10-testing-strategy.md):
 * `*.spec.ts` unit, `*.int.spec.ts` against real backing services, `*.e2e.ts` all processes from the outside, `*.faults.ts` the same with
 * processes and engines killed.
 */
export function jestConfig(rootDir) {
  const tier = (displayName, testMatch, ignored = []) => ({
    rootDir,
    displayName,
    testMatch,
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    transform,
    testEnvironmentOptions: { customExportConditions: ['@ocpp-gw/source', 'node', 'node-addons'] },
    testPathIgnorePatterns: ['/node_modules/', '/dist/', ...ignored],
    modulePathIgnorePatterns: ['/dist/'],
  });
  return {
    projects: [
      tier('unit', ['<rootDir>/src/**/*.spec.ts'], ['\\.int\\.spec\\.ts$']),
      tier('integration', ['<rootDir>/src/**/*.int.spec.ts']),
      tier('e2e', ['<rootDir>/src/**/*.e2e.ts']),
      tier('faults', ['<rootDir>/src/**/*.faults.ts']),
      tier('browser', ['<rootDir>/src/**/*.browser.ts']),
    ],
    collectCoverageFrom: [
      'src/**/*.ts',
      '!src/**/*.{spec,e2e,faults,browser,cases}.ts',
      '!src/**/testdata/**',
      '!src/generated/**',
      '!src/**/{main,index,migrate,create-topics}.ts',
    ],
    coverageDirectory: 'coverage',
    coverageReporters: ['json', 'text-summary'],
    reporters: ['default', [`${import.meta.dirname}/jest.totals-reporter.mjs`, { rootDir }]],
    // Longer than what `eventually` waits, so that a test says what it waited for.
    testTimeout: 90_000,
  };
}
