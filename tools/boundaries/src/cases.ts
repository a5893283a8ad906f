import type { Probe } from './probe.ts';

/** One boundary: what it refuses, under which rule, and the nearest thing it lets through. */
export interface Case {
  title: string;
  rule: string;
  messageId?: string;
  refused: Probe;
  passes: Probe;
}

const imports = (file: string, specifier: string): Probe => ({
  file,
  code: `import * as subject from '${specifier}';\n\nexport const probe: object = subject;\n`,
});
const text = (file: string, code: string): Probe => ({ file, code: `${code}\n` });
const typed = (file: string, code: string): Probe => ({ file, code: `${code}\n`, typed: true });

const nx = '@nx/enforce-module-boundaries';
const only = 'onlyTagsConstraintViolation';
const banned = 'bannedExternalImportsViolation';

const v16 = 'libs/ocpp-v16/src/probe.ts';
const v201 = 'libs/ocpp-v201/src/probe.ts';
const ocppJ = 'libs/ocpp-j/src/probe.ts';
const conversation = 'libs/conversation/src/probe.ts';
const redis = 'libs/redis/src/probe.ts';
const edge = 'apps/ws-edge/src/probe.ts';
const api = 'apps/command-api/src/probe.ts';

export const projectBoundaries: Case[] = [
  {
    title: 'v16 never imports v201',
    rule: nx,
    messageId: only,
    refused: imports(v16, '@ocpp-gw/ocpp-v201'),
    passes: imports(v16, '@ocpp-gw/ocpp-j'),
  },
  {
    title: 'v16 never imports the command entry of v201',
    rule: nx,
    messageId: only,
    refused: imports(v16, '@ocpp-gw/ocpp-v201/commands'),
    passes: imports(v16, '@ocpp-gw/contracts'),
  },
  {
    title: 'v201 never imports v16',
    rule: nx,
    messageId: only,
    refused: imports(v201, '@ocpp-gw/ocpp-v16'),
    passes: imports(v201, '@ocpp-gw/ocpp-j'),
  },
  {
    title: 'a contract depends on nothing of ours',
    rule: nx,
    messageId: 'emptyOnlyTagsConstraintViolation',
    refused: imports('libs/contracts/src/probe.ts', '@ocpp-gw/egress'),
    passes: imports('libs/contracts/src/probe.ts', 'uuid'),
  },
  {
    title: 'a protocol library depends on no adapter',
    rule: nx,
    messageId: only,
    refused: imports(ocppJ, '@ocpp-gw/redis'),
    passes: imports(ocppJ, '@ocpp-gw/contracts'),
  },
  {
    title: 'the conversation library reads both versions, and no store',
    rule: nx,
    messageId: only,
    refused: imports(conversation, '@ocpp-gw/persistence'),
    passes: text(
      conversation,
      "import { ocpp16 } from '@ocpp-gw/ocpp-v16';\nimport { ocpp201 } from '@ocpp-gw/ocpp-v201';\n\nexport const both: object = { ocpp16, ocpp201 };",
    ),
  },
  {
    title: 'an adapter depends on no other adapter',
    rule: nx,
    messageId: only,
    refused: imports(redis, '@ocpp-gw/kafka'),
    passes: imports(redis, '@ocpp-gw/contracts'),
  },
  {
    title: 'an adapter depends on no protocol',
    rule: nx,
    messageId: only,
    refused: imports('libs/kafka/src/probe.ts', '@ocpp-gw/ocpp-j'),
    passes: imports('libs/kafka/src/probe.ts', '@ocpp-gw/contracts'),
  },
  {
    title: 'the store knows facts, and no protocol version',
    rule: nx,
    messageId: only,
    refused: imports('libs/persistence/src/probe.ts', '@ocpp-gw/ocpp-v201'),
    passes: imports('libs/persistence/src/probe.ts', '@ocpp-gw/ocpp-j'),
  },
  {
    title: 'the service kit depends on nothing of ours but the base',
    rule: nx,
    messageId: only,
    refused: imports('libs/service-kit/src/probe.ts', '@ocpp-gw/contracts'),
    passes: imports('libs/service-kit/src/probe.ts', '@ocpp-gw/async'),
  },
  {
    title: 'the base depends on nothing of ours',
    rule: nx,
    messageId: 'emptyOnlyTagsConstraintViolation',
    refused: imports('libs/async/src/probe.ts', '@ocpp-gw/contracts'),
    passes: imports('libs/async/src/probe.ts', 'node:timers/promises'),
  },
  {
    title: 'no app imports another',
    rule: 'no-restricted-imports',
    refused: imports(api, '@ocpp-gw/ws-edge'),
    passes: imports(api, '@ocpp-gw/persistence'),
  },
  {
    title: 'no tool imports an app',
    rule: 'no-restricted-imports',
    refused: imports('tools/e2e/src/probe.ts', '@ocpp-gw/ws-edge'),
    passes: imports('tools/e2e/src/probe.ts', '@ocpp-gw/charger-sim'),
  },
  {
    title: 'only specs use the testing library',
    rule: nx,
    messageId: only,
    refused: imports(edge, '@ocpp-gw/testing'),
    passes: imports('apps/ws-edge/src/probe.spec.ts', '@ocpp-gw/testing'),
  },
  {
    title: 'only specs of apps use a tool',
    rule: nx,
    messageId: only,
    refused: imports(api, '@ocpp-gw/mock-backend'),
    passes: imports('apps/command-api/src/probe.int.spec.ts', '@ocpp-gw/mock-backend'),
  },
  {
    title: 'only specs of libraries use a tool',
    rule: nx,
    messageId: only,
    refused: imports(redis, '@ocpp-gw/data-plane'),
    passes: imports('libs/redis/src/probe.int.spec.ts', '@ocpp-gw/data-plane'),
  },
  {
    title: 'the testing library depends on no adapter',
    rule: nx,
    messageId: only,
    refused: imports('libs/testing/src/probe.ts', '@ocpp-gw/egress'),
    passes: imports('libs/testing/src/probe.ts', '@ocpp-gw/contracts'),
  },
  {
    title: 'command-api sees of a protocol version its commands only',
    rule: nx,
    messageId: only,
    refused: imports(api, '@ocpp-gw/ocpp-v16'),
    passes: imports(api, '@ocpp-gw/ocpp-v16/commands'),
  },
  {
    title: 'command-api sees of 2.0.1 its commands only, in specs too',
    rule: nx,
    messageId: only,
    refused: imports('apps/command-api/src/probe.spec.ts', '@ocpp-gw/ocpp-v201'),
    passes: imports('apps/command-api/src/probe.spec.ts', '@ocpp-gw/ocpp-v201/commands'),
  },
  {
    title: 'only ws-edge writes facts',
    rule: 'no-restricted-imports',
    refused: imports(api, '@ocpp-gw/persistence/facts'),
    passes: imports(edge, '@ocpp-gw/persistence/facts'),
  },
  {
    title: 'only specs send SQL over a connection',
    rule: 'no-restricted-imports',
    refused: imports(edge, '@ocpp-gw/persistence/testing'),
    passes: imports('apps/ws-edge/src/probe.int.spec.ts', '@ocpp-gw/persistence/testing'),
  },
  {
    title: 'command-api does not know OCPP-J',
    rule: nx,
    messageId: only,
    refused: imports(api, '@ocpp-gw/ocpp-j'),
    passes: imports(edge, '@ocpp-gw/ocpp-j'),
  },
  {
    title: 'clickhouse-ingestor knows no protocol version',
    rule: nx,
    messageId: only,
    refused: imports('apps/clickhouse-ingestor/src/probe.ts', '@ocpp-gw/ocpp-v201/commands'),
    passes: imports(edge, '@ocpp-gw/ocpp-v201'),
  },
  {
    title: 'webhook-dispatcher knows no protocol version',
    rule: nx,
    messageId: only,
    refused: imports('apps/webhook-dispatcher/src/probe.ts', '@ocpp-gw/ocpp-v16'),
    passes: imports(edge, '@ocpp-gw/ocpp-v16'),
  },
  {
    title: 'Nest stays out of adapters',
    rule: nx,
    messageId: banned,
    refused: imports(redis, '@nestjs/common'),
    passes: imports('libs/service-kit/src/probe.ts', '@nestjs/common'),
  },
  {
    title: 'Nest stays out of protocol libraries',
    rule: nx,
    messageId: banned,
    refused: imports(v16, '@nestjs/core'),
    passes: imports(edge, '@nestjs/core'),
  },
  {
    title: 'Nest stays out of tools',
    rule: nx,
    messageId: banned,
    refused: imports('tools/e2e/src/probe.ts', '@nestjs/common'),
    passes: imports('tools/e2e/src/probe.ts', 'kafkajs'),
  },
  {
    title: 'rxjs stays out of contracts',
    rule: nx,
    messageId: banned,
    refused: imports('libs/contracts/src/probe.ts', 'rxjs'),
    passes: imports(api, 'rxjs'),
  },
  {
    title: 'a project is imported by its name, not by a path',
    rule: nx,
    messageId: 'noRelativeOrAbsoluteImportsAcrossLibraries',
    refused: imports(ocppJ, '../../contracts/src/topics.ts'),
    passes: imports(ocppJ, './dialect.ts'),
  },
  {
    title: 'projects depend on each other in one direction',
    rule: nx,
    messageId: 'noCircularDependencies',
    refused: imports('libs/contracts/src/probe.spec.ts', '@ocpp-gw/testing'),
    passes: imports('libs/kafka/src/probe.spec.ts', '@ocpp-gw/testing'),
  },
  {
    title: 'a package is entered by its entry',
    rule: 'no-restricted-imports',
    refused: imports(edge, '@ocpp-gw/redis/src/registry.ts'),
    passes: imports(edge, '@ocpp-gw/redis'),
  },
];

export const constructs: Case[] = [
  {
    title: 'files import each other in one direction',
    rule: 'local/import-circles',
    refused: imports('libs/contracts/src/topics.ts', './events.ts'),
    passes: imports('libs/contracts/src/events.ts', './topics.ts'),
  },
  {
    title: 'files import types of each other in one direction',
    rule: 'local/import-circles',
    refused: text('libs/contracts/src/topics.ts', "export type { Event } from './events.ts';"),
    passes: text('libs/contracts/src/events.ts', "export type { Topic } from './topics.ts';"),
  },
  {
    title: "only an app's config.ts reads the environment",
    rule: 'no-restricted-properties',
    refused: text(edge, 'export const port: string | undefined = process.env.PORT;'),
    passes: text('apps/ws-edge/src/config.ts', 'export const port: string | undefined = process.env.PORT;'),
  },
  {
    title: 'no library reads the environment',
    rule: 'no-restricted-properties',
    refused: text(redis, "export const port: string | undefined = process.env['PORT'];"),
    passes: text('tools/e2e/src/probe.ts', "export const port: string | undefined = process.env['PORT'];"),
  },
  {
    title: 'topics are written in contracts only',
    rule: 'no-restricted-syntax',
    refused: text(edge, "export const topic = 'tx.started';"),
    passes: text('libs/contracts/src/probe.ts', "export const topic = 'tx.started';"),
  },
  {
    title: 'Redis keys are written in contracts only',
    rule: 'no-restricted-syntax',
    refused: text(redis, 'export const key = (cpId: string): string => `cp:online:${cpId}`;'),
    passes: text('libs/redis/src/probe.spec.ts', 'export const key = (cpId: string): string => `cp:online:${cpId}`;'),
  },
  {
    title: 'no app writes SQL',
    rule: 'no-restricted-syntax',
    refused: text(edge, 'export const read = (table: string): string => `SELECT 1 FROM ${table}`;'),
    passes: text('libs/persistence/src/probe.ts', "export const read = 'SELECT 1';"),
  },
  {
    title: 'no app writes a statement that changes rows',
    rule: 'no-restricted-syntax',
    refused: text(edge, "export const clear = 'DELETE FROM charge_points';"),
    passes: text('apps/ws-edge/src/probe.spec.ts', "export const clear = 'DELETE FROM charge_points';"),
  },
  {
    title: 'an entry point lists its names',
    rule: 'no-restricted-syntax',
    refused: text(redis, "export * from './registry.ts';"),
    passes: text(redis, "export { registry } from './registry.ts';"),
  },
  {
    title: 'what a library exports says its types',
    rule: '@typescript-eslint/explicit-module-boundary-types',
    refused: text(redis, 'export function two() {\n  return 2;\n}'),
    passes: text(redis, 'export function two(): number {\n  return 2;\n}'),
  },
  {
    title: 'a file ends before line 400',
    rule: 'max-lines',
    refused: text(edge, 'export {};\n'.repeat(401)),
    passes: text(edge, 'export {};\n'.repeat(399)),
  },
  {
    title: 'libraries and apps do not print',
    rule: 'no-console',
    refused: text(edge, "console.log('listening');"),
    passes: text('tools/dev/src/probe.ts', "console.log('listening');"),
  },
  {
    title: 'no promise is left alone',
    rule: '@typescript-eslint/no-floating-promises',
    refused: typed('libs/contracts/src/topics.ts', 'Promise.resolve(1);'),
    passes: typed('libs/contracts/src/topics.ts', 'await Promise.resolve(1);\nexport {};'),
  },
  {
    title: 'a switch names every kind',
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    refused: typed(
      'libs/contracts/src/topics.ts',
      "export function f(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n  }\n}",
    ),
    passes: typed(
      'libs/contracts/src/topics.ts',
      "export function f(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n    case 'b':\n  }\n}",
    ),
  },
];

const pure = (title: string, rule: string, refused: string, passes: string): Case => ({
  title: `protocol libraries ${title}`,
  rule,
  refused: text(ocppJ, refused),
  passes: text(ocppJ, passes),
});

export const purity: Case[] = [
  pure(
    'do not read the clock by Date.now',
    'no-restricted-properties',
    'export const at: number = Date.now();',
    "export const at: number = Date.parse('2026-01-01T00:00:00Z');",
  ),
  pure(
    'do not read the clock by new Date()',
    'no-restricted-syntax',
    'export const at: Date = new Date();',
    'export const at: Date = new Date(0);',
  ),
  pure(
    'do not throw dice',
    'no-restricted-properties',
    'export const n: number = Math.random();',
    'export const n: number = Math.max(1, 2);',
  ),
  pure(
    'do not see the process',
    'no-restricted-globals',
    'export const id: number = process.pid;',
    'export const id: number = Number.MAX_SAFE_INTEGER;',
  ),
  pure(
    'start no timers',
    'no-restricted-globals',
    'setTimeout(() => undefined, 10);',
    'export const later = (timer: (f: () => void) => void): void => timer(() => undefined);',
  ),
  pure(
    'import no Node modules',
    'no-restricted-imports',
    "import { readFileSync } from 'node:fs';\n\nexport const read: object = readFileSync;",
    "import { TOPICS } from '@ocpp-gw/contracts';\n\nexport const read: object = TOPICS;",
  ),
  {
    title: 'the conversation library imports of Node only what computes',
    rule: 'no-restricted-imports',
    refused: text(conversation, "import { readFileSync } from 'node:fs';\n\nexport const read: object = readFileSync;"),
    passes: text(conversation, "import { createHmac } from 'node:crypto';\n\nexport const hmac: object = createHmac;"),
  },
  pure(
    'write no topics',
    'no-restricted-syntax',
    "export const topic = 'cp.boot';",
    "import { TOPICS } from '@ocpp-gw/contracts';\n\nexport const topic: string = TOPICS.boot;",
  ),
];
