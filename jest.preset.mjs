
const transform = (decorators) => ({
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', decorators },
        transform: { legacyDecorator: decorators, decoratorMetadata: decorators },
      },
      module: { type: 'es6' },
    },
  ],
});

/**
 * One jest config for every project; the tiers differ only by file suffix (docs/10-testing-strategy.md):
 * `*.spec.ts` unit, `*.int.spec.ts` against real backing services, `*.e2e.ts` all processes from the outside.
 */
export function jestConfig(rootDir) {
  const common = {
    rootDir,
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    transform: transform(true),
    testEnvironmentOptions: { customExportConditions: ['@ocpp-gw/source', 'node', 'node-addons'] },
    testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    modulePathIgnorePatterns: ['/dist/'],
  };
  return {
    projects: [
      {
        ...common,
        displayName: 'unit',
        testMatch: ['<rootDir>/src/**/*.spec.ts'],
        testPathIgnorePatterns: [...common.testPathIgnorePatterns, '\\.int\\.spec\\.ts$'],
      },
      { ...common, displayName: 'integration', testMatch: ['<rootDir>/src/**/*.int.spec.ts'] },
      { ...common, displayName: 'e2e', testMatch: ['<rootDir>/src/**/*.e2e.ts'] },
    ],
    collectCoverageFrom: ['src/**/*.ts', '!src/**/*.spec.ts', '!src/**/*.e2e.ts', '!src/generated/**', '!src/main.ts', '!src/index.ts'],
    coverageDirectory: 'coverage',
    coverageReporters: ['json', 'text-summary'],
    reporters: ['default'],
    testTimeout: 30_000,
  };
}
