import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { ROOT } from '@ocpp-gw/rig';

/** Apps whose built `config.js` exports `configSchema`. */
const APPS = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'] as const;

interface Variable {
  name: string;
  fallback: string;
  description: string;
  apps: string[];
}

/**
 * Writes `.env.example` and `docs/11-configuration-reference.md` from the apps' declarations. An entry of its own, run
 * without the source condition: it loads the apps as they were built.
 * @returns with `check`: whether the files on disk are what they should be; nothing is written then.
 */
async function configDocs(check: boolean): Promise<boolean> {
  const variables = await declaredVariables();
  const files = {
    '.env.example': envExample(variables),
    'docs/11-configuration-reference.md': reference(variables),
  };
  const stale = Object.entries(files).filter(([file, content]) => read(file) !== content);
  if (check) {
    for (const [file] of stale) console.error(`${file} is not what the code declares: run \`make config-export\``);
    return stale.length === 0;
  }
  for (const [file, content] of stale) writeFileSync(join(ROOT, file), content);
  return true;
}

async function declaredVariables(): Promise<Variable[]> {
  const variables = new Map<string, Variable>();
  for (const app of APPS) {
    const module = (await import(join(ROOT, 'apps', app, 'dist/config.js'))) as { configSchema: z.ZodObject };
    for (const [name, field] of Object.entries(module.configSchema.shape)) {
      const known = variables.get(name);
      if (known) known.apps.push(app);
      else variables.set(name, describe(name, field as z.ZodType, app));
    }
  }
  return [...variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(name: string, field: z.ZodType, app: string): Variable {
  if (!field.description) throw new Error(`${name} of ${app} has no description: add .describe('...')`);
  return { name, fallback: fallbackOf(name, field), description: field.description, apps: [app] };
}

/** The default as an operator would write it; '' when unset stays unset or depends on the machine. */
function fallbackOf(name: string, field: z.ZodType): string {
  if (name === 'EVEYS_OCPP_POD_NAME') return '';
  const parsed = field.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined || parsed.data === null) return '';
  const value: unknown = parsed.data;
  if (Array.isArray(value)) return value.join(',');
  // What is parsed into a structure of its own has no default but being empty.
  return typeof value === 'object' ? '' : String(value);
}

function envExample(variables: readonly Variable[]): string {
  const blocks = variables.map(
    (one) => `# ${one.description} (${one.apps.join(', ')})\n#${one.name}=${one.fallback}\n`,
  );
  return `# Made from the code by \`make config-export\`; do not edit. Every line shows the default.\n\n${blocks.join('\n')}`;
}

function reference(variables: readonly Variable[]): string {
  const rows = variables.map((one) => {
    const fallback = one.fallback ? `\`${one.fallback}\`` : 'unset';
    const apps = one.apps.length === APPS.length ? 'all' : one.apps.join(', ');
    return `| \`${one.name}\` | ${fallback} | ${apps} | ${one.description.replaceAll('|', '\\|')} |`;
  });
  return `# Configuration reference

Made from the code by \`make config-export\`; do not edit. Environment variables only. A wrong value stops the boot, and every
problem is listed at once by variable name.

| variable | default | read by | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(join(ROOT, file), 'utf8');
  } catch {
    return undefined;
  }
}

process.exitCode = (await configDocs(process.argv.includes('--check'))) ? 0 : 1;
