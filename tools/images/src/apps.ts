import type { App } from '@ocpp-gw/rig/settings';

/** What an image can run: the file in /app that is given to node, and the built file behind it. */
type Commands = Readonly<Record<string, string>>;

/** `main.js` is the service. The jobs stand where their library is: no image is built for a job alone. */
export const COMMANDS: Readonly<Record<App, Commands>> = {
  'ws-edge': {
    'main.js': 'apps/ws-edge/dist/main.js',
    'pg-migrate.js': 'libs/persistence/dist/migrate.js',
    'topics.js': 'libs/kafka/dist/create-topics.js',
    'dead-letters.js': 'libs/persistence/dist/dead-letters.js',
    'topic-dead-letters.js': 'libs/kafka/dist/dead-letters.js',
    'replay-events.js': 'libs/kafka/dist/replay-events.js',
  },
  'command-api': { 'main.js': 'apps/command-api/dist/main.js' },
  'clickhouse-ingestor': {
    'main.js': 'apps/clickhouse-ingestor/dist/main.js',
    'ch-migrate.js': 'apps/clickhouse-ingestor/dist/migrate.js',
  },
  'webhook-dispatcher': { 'main.js': 'apps/webhook-dispatcher/dist/main.js' },
};

/** Files beside the packages that an app reads while it runs. */
export const MORE_FILES: Readonly<Record<App, readonly string[]>> = {
  'ws-edge': [],
  'command-api': ['proto'],
  'clickhouse-ingestor': [],
  'webhook-dispatcher': [],
};

/**
 * Packages of which these files are read, made to stand alone by whoever publishes them: their dependencies are inside.
 * What else they bring (React, for redoc) is larger than the rest of the image.
 */
export const STANDALONE: Readonly<Record<string, readonly string[]>> = {
  redoc: ['bundles/redoc.standalone.js'],
  'swagger-ui-dist': ['swagger-ui.css', 'swagger-ui-bundle.js'],
};

/** Folders of packages that have their code there once more, for bundlers or for a module system that our code does not load them by. */
export const CODE_AGAIN: readonly { packages: RegExp; folders: RegExp }[] = [
  { packages: /^@opentelemetry\//, folders: /^build\/esnext\// },
  { packages: /^@sentry\//, folders: /^build\/cjs\// },
  { packages: /^rxjs$/, folders: /^dist\/(esm|esm5|bundles)\// },
];

/**
 * Packages that others need when they build something, though they name them as if they needed them when they run. An image holds neither
 * these nor what they need.
 */
export const ONLY_TO_BUILD: ReadonlySet<string> = new Set(['@sentry/bundler-plugins']);
