import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { APPS, type App } from './schema/charts.ts';
import { readme } from './schema/readme.ts';
import { appSchema, umbrellaSchema } from './schema/value-schemas.ts';
import { variablesOf, type Variable } from './schema/variables.ts';

const OBSERVABILITY = 'docker/observability';
const MADE = '# Made from the code by `make charts-schema`; do not edit.\n';

interface Declaration {
  configSchema: z.ZodObject;
  /** Of ws-edge: time that the drain needs besides its two settings, seconds. */
  DRAIN_REST_S?: number;
}

/**
 * Writes what the charts have from the code: `values.schema.json`, `files/variables.yaml`, Envoy's configuration, rules,
 * dashboards and the READMEs. An entry
 * of its own, run without the source condition: it loads the apps as they were built.
 * @returns with `check`: whether the files on disk are what they should be; nothing is written then.
 */
async function chartFiles(check: boolean): Promise<boolean> {
  const files = Object.entries(await wanted()).filter(([file, content]) => read(file) !== content);
  if (!check) for (const [file, content] of files) write(file, content);
  else for (const [file] of files) console.error(`${file} is not what the code declares: run \`make charts-schema\``);
  return !check || files.length === 0;
}

async function wanted(): Promise<Record<string, string>> {
  const files: Record<string, string> = { 'charts/ws-edge/files/envoy.yaml': text('docker/envoy/envoy.yaml') };
  copyInto(files, 'charts/ocpp-gateway/files/dashboards', `${OBSERVABILITY}/grafana/dashboards/*.json`);
  const all = new Map<string, Variable>();
  for (const app of APPS) {
    const declaration = (await import(join(ROOT, 'apps', app, 'dist/config.js'))) as Declaration;
    if (app === 'ws-edge' && declaration.DRAIN_REST_S === undefined)
      throw new Error('config.ts of ws-edge exports no DRAIN_REST_S');
    const variables = variablesOf(declaration.configSchema);
    for (const variable of variables) all.set(variable.name, variable);
    files[`charts/${app}/files/variables.yaml`] = variablesFile(variables, declaration.DRAIN_REST_S);
    copyInto(files, `charts/${app}/files/rules`, `${OBSERVABILITY}/rules/${app}{,.slos}.yaml`);
    addChart(files, app, appSchema(app, variables));
  }
  addChart(files, 'ocpp-gateway', umbrellaSchema([...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1))));
  return files;
}

/** Helm reads no file outside of a chart: what compose reads, too, is copied. */
function copyInto(files: Record<string, string>, folder: string, pattern: string): void {
  for (const file of globSync(pattern, { cwd: ROOT })) files[`${folder}/${basename(file)}`] = text(file);
}

function addChart(files: Record<string, string>, chart: App | 'ocpp-gateway', schema: object): void {
  files[`charts/${chart}/values.schema.json`] = `${JSON.stringify(schema, undefined, 2)}\n`;
  files[`charts/${chart}/README.md`] = readme(
    text(`charts/${chart}/README.md.head`),
    text(`charts/${chart}/values.yaml`),
    schema,
  );
}

/** What templates know of the variables: which there are, their defaults, and which must not be in a ConfigMap. */
function variablesFile(variables: readonly Variable[], drainRestSeconds: number | undefined): string {
  const named = (secrecy: Variable['secrecy']): string[] =>
    variables.filter((each) => each.secrecy === secrecy).map(({ name }) => name);
  const config = Object.fromEntries(variables.map(({ name, schema }) => [name, schema.default ?? null]));
  return MADE + stringify({ drainRestSeconds, config, secrets: named('secret'), urls: named('url') });
}

function write(file: string, content: string): void {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), content);
}

const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const read = (file: string): string | undefined => (existsSync(join(ROOT, file)) ? text(file) : undefined);

process.exitCode = (await chartFiles(process.argv.includes('--check'))) ? 0 : 1;
