import { globSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { importCircles } from './eslint.import-circles.mjs';

// Every rule that guards a boundary is shown to bite by tools/boundaries/src/boundaries.spec.ts.

const root = import.meta.dirname;
const specs = ['**/*.{spec,e2e,faults,browser,cases}.ts', '**/testdata/**/*.ts'];
const sources = ['{apps,libs,tools}/*/src/**/*.ts'];

/**
 * Nx's rule reads the cached project graph and says nothing without one. Under `nx lint` Nx has just written it; a bare
 * `eslint` run writes it here, so that a moved dependency or tag is seen at once.
 */
if (!process.env.NX_TASK_TARGET_PROJECT) {
  process.env.NX_DAEMON = 'false';
  await createProjectGraphAsync({ exitOnError: false }).catch((error) => {
    console.warn(`module boundaries are checked against an old project graph, if any: ${String(error.message)}`);
  });
}

// --- module boundaries (docs/03-coding-standards.md): two tag dimensions, no '*' fallback -----------------------------

const nestless = ['@nestjs/*', '@nestjs/**', 'rxjs', 'rxjs/*'];

/** @param {string[]} extra what specs may see besides */
const constraints = (extra) => [
  // What a project is. The base is beneath everything, and knows nothing of what it is used for.
  { sourceTag: 'type:base', onlyDependOnLibsWithTags: extra, bannedExternalImports: nestless },
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: extra, bannedExternalImports: nestless },
  {
    sourceTag: 'type:protocol',
    onlyDependOnLibsWithTags: ['type:protocol', 'type:contract', ...extra],
    bannedExternalImports: nestless,
  },
  {
    sourceTag: 'type:adapter',
    onlyDependOnLibsWithTags: ['type:base', 'type:contract', ...extra],
    bannedExternalImports: nestless,
  },
  // Facts are kept as the protocols make them, in no version's words.
  {
    sourceTag: 'type:store',
    onlyDependOnLibsWithTags: ['type:base', 'type:contract', 'scope:ocpp', ...extra],
    bannedExternalImports: nestless,
  },
  { sourceTag: 'type:kit', onlyDependOnLibsWithTags: ['type:base', ...extra] },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['type:contract', 'type:protocol', 'type:testing', ...extra],
    bannedExternalImports: nestless,
  },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: [
      'type:base',
      'type:contract',
      'type:protocol',
      'type:adapter',
      'type:store',
      'type:kit',
      ...extra,
    ],
  },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: [
      'type:base',
      'type:contract',
      'type:protocol',
      'type:adapter',
      'type:store',
      'type:kit',
      'type:testing',
      'type:tool',
    ],
    bannedExternalImports: nestless,
  },
  // Whose it is. Each protocol version is whole in itself; only ws-edge knows a version.
  { sourceTag: 'scope:v16', onlyDependOnLibsWithTags: ['scope:v16', 'scope:ocpp', 'scope:shared'] },
  { sourceTag: 'scope:v201', onlyDependOnLibsWithTags: ['scope:v201', 'scope:ocpp', 'scope:shared'] },
  { sourceTag: 'scope:ocpp', onlyDependOnLibsWithTags: ['scope:ocpp', 'scope:shared'] },
  {
    sourceTag: 'scope:ws-edge',
    onlyDependOnLibsWithTags: ['scope:ws-edge', 'scope:ocpp', 'scope:v16', 'scope:v201', 'scope:shared'],
  },
  ...['command-api', 'clickhouse-ingestor', 'webhook-dispatcher'].map((app) => ({
    sourceTag: `scope:${app}`,
    onlyDependOnLibsWithTags: [`scope:${app}`, 'scope:shared'],
  })),
];

/** @param {{ extra?: string[], allow?: string[] }} options */
const moduleBoundaries = ({ extra = [], allow = [] } = {}) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    {
      depConstraints: constraints(extra),
      allow: ['#generated/*', ...allow],
      // Specs load Nest-bound modules with import() where a static import meets a require cycle.
      checkDynamicDependenciesExceptions: ['@ocpp-gw/**'],
    },
  ],
});

const forSpecs = ['type:testing', 'type:tool'];
/** The command entries: schemas and types only, so that a bad payload is refused before it travels. */
const commandEntries = ['^@ocpp-gw/ocpp-v(16|201)/commands$'];

// --- restricted imports, globals, properties, syntax: each file group gets the whole list that holds for it ------------

const deepImports = {
  regex: '^@ocpp-gw/[^/]+/(?!(backend|backend-paths|commands|facts|settings|testing)$)',
  message: "Import from the package's entry, or export the name there.",
};
// Apps have no entry, which Nx's rule takes for an unknown package.
const apps = {
  regex: `^@ocpp-gw/(${readdirSync(join(root, 'apps')).join('|')})(/.*)?$`,
  message: 'No app imports another: they talk through Redis and Kafka.',
};
const facts = {
  regex: '^@ocpp-gw/persistence/facts$',
  message: 'Only ws-edge writes facts.',
};
const testing = {
  regex: '^@ocpp-gw/[^/]+/testing$',
  message: 'Only specs look behind the methods of a library.',
};
const nodeModules = {
  regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?)$`,
  message: 'Protocol libraries are pure: what touches the machine lives in the app.',
};
/** Replacements of values are keyed hashes: pure, but of Node. */
const nodeModulesButHashes = { ...nodeModules, regex: nodeModules.regex.replace('^', '^(?!node:crypto$)') };

const environment = {
  object: 'process',
  property: 'env',
  message: "Only an app's config.ts reads the environment; take the value as a parameter.",
};
const impure = [
  { object: 'Date', property: 'now', message: 'Decisions are pure: take the time as a parameter.' },
  { object: 'Math', property: 'random', message: 'Decisions are pure: take the number as a parameter.' },
];
const impureGlobals = [
  'process',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
].map((name) => ({ name, message: 'Protocol libraries are pure: take clock, timers and ids as parameters.' }));

const exportAll = {
  selector: 'ExportAllDeclaration[exported=null]',
  message: 'Re-export by name: the entry of a package is a list one can read.',
};
const wireLiterals = ['Literal[value=/^(cp|tx)[.:]\\S*$/]', 'TemplateElement[value.raw=/^(cp|tx)[.:]\\S*$/]'].map(
  (selector) => ({ selector, message: 'Topics and Redis keys come from @ocpp-gw/contracts (TOPICS, redisKeys).' }),
);
const sqlText =
  '/\\b(SELECT|INSERT INTO|DELETE FROM|UPDATE|TRUNCATE|VACUUM|(CREATE|ALTER|DROP) (TABLE|INDEX|VIEW|DATABASE))\\s/';
const sqlLiterals = [`Literal[value=${sqlText}]`, `TemplateElement[value.raw=${sqlText}]`].map((selector) => ({
  selector,
  message: 'Tables belong to libraries: Postgres to libs/persistence, ClickHouse to libs/clickhouse.',
}));
const bareDate = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'Decisions are pure: take the time as a parameter.',
};

// --- typed linting: a project's tsconfig.spec.json holds its sources and its specs in one program ----------------------

const projects = globSync('{apps,libs,tools}/*/tsconfig.spec.json', { cwd: root });
const typed = projects.map((tsconfig) => ({
  files: [`${dirname(tsconfig)}/**/*.ts`],
  languageOptions: { parserOptions: { project: join(root, tsconfig), tsconfigRootDir: root } },
}));

export default defineConfig(
  globalIgnores([
    '**/dist/**',
    '**/generated/**',
    '**/coverage/**',
    '**/node_modules/**',
    '**/tmp/**',
    '.nx/**',
    '.data-plane/**',
    '.run/**',
  ]),
  {
    files: ['**/*.{ts,mjs}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error', 'no-debugger': 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    plugins: { '@nx': nx, local: { rules: { 'import-circles': importCircles } } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'local/import-circles': 'error',
      'no-restricted-imports': ['error', { patterns: [apps, deepImports, facts] }],
      'no-restricted-syntax': ['error', exportAll],
    },
  },
  {
    files: sources,
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { patterns: [apps, deepImports, facts, testing] }] },
  },
  {
    files: ['apps/ws-edge/src/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [apps, deepImports] }] },
  },
  {
    files: ['apps/ws-edge/src/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { patterns: [apps, deepImports, testing] }] },
  },
  ...typed,
  {
    files: sources,
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      ...moduleBoundaries(),
    },
  },
  {
    files: ['{apps,libs}/*/src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', environment],
      'no-restricted-syntax': ['error', exportAll, ...wireLiterals],
    },
  },
  {
    files: ['apps/*/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', exportAll, ...wireLiterals, ...sqlLiterals] },
  },
  {
    files: ['libs/contracts/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', exportAll] },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: specs,
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' },
  },
  {
    files: ['libs/ocpp-*/src/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-imports': ['error', { patterns: [apps, deepImports, facts, testing, nodeModules] }],
      'no-restricted-properties': ['error', environment, ...impure],
      'no-restricted-syntax': ['error', exportAll, ...wireLiterals, bareDate],
    },
  },
  {
    files: ['libs/conversation/src/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-imports': ['error', { patterns: [apps, deepImports, facts, testing, nodeModulesButHashes] }],
      'no-restricted-properties': ['error', environment, ...impure],
      'no-restricted-syntax': ['error', exportAll, ...wireLiterals, bareDate],
    },
  },
  {
    files: sources,
    ignores: specs,
    rules: { 'max-lines': ['error', { max: 400 }] },
  },
  {
    files: ['apps/*/src/config.ts', '{apps,libs}/*/src/migrate*.ts', ...specs],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: specs,
    rules: { 'no-restricted-syntax': ['error', exportAll], ...moduleBoundaries({ extra: forSpecs }) },
  },
  {
    files: ['apps/command-api/src/**/*.ts'],
    ignores: specs,
    rules: moduleBoundaries({ allow: commandEntries }),
  },
  {
    files: specs.map((pattern) => `apps/command-api/src/${pattern}`),
    rules: moduleBoundaries({ extra: forSpecs, allow: commandEntries }),
  },
  prettier,
);
