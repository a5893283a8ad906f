import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ROOT } from '@ocpp-gw/rig/settings';
import { Ajv } from 'ajv';
import { stringify } from 'yaml';
import { isVariable } from '../../schema/variables.ts';
import type { Chart, Variant } from '../charts.ts';
import type { Check, Context } from '../context.ts';
import { containersOf, environmentOf } from '../environment.ts';
import { inParallel } from '../in-parallel.ts';
import { render } from '../render.ts';
import { asText, CANDIDATES, sample, SECTIONS, variablesIn, WRONG, type ValueSchema } from '../samples.ts';
import { appOf, APPS } from './independence.ts';

async function schemaOf({ folder }: Chart): Promise<ValueSchema | undefined> {
  const file = join(folder, 'values.schema.json');
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as ValueSchema) : undefined;
}

async function templatesOf({ folder }: Chart): Promise<string> {
  const templates = join(folder, 'templates');
  if (!existsSync(templates)) return '';
  const files = (await readdir(templates, { recursive: true })).filter((file) => /\.(ya?ml|tpl|txt)$/.test(file));
  return (await Promise.all(files.map((file) => readFile(join(templates, file), 'utf8')))).join('\n');
}

/** Paths of properties. Variables are no part of them, nor what is below an object that is copied as it is. */
export function propertyNames(schema: ValueSchema, templates: string, path: readonly string[] = []): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    if (isVariable(name)) return [];
    const own = [...path, name];
    const copied = new RegExp(`toYaml [^}]*\\.${name}\\b`).test(templates);
    return [own, ...(copied ? [] : propertyNames(one, templates, own))];
  });
}

export const usesEveryProperty: Check = {
  title: 'every property of the values schemas is used',
  run: async ({ charts }) => {
    const shared = (await Promise.all(charts.filter(({ isLibrary }) => isLibrary).map(templatesOf))).join('\n');
    let count = 0;
    const problems: string[] = [];
    for (const chart of charts.filter(({ isLibrary }) => !isLibrary)) {
      const schema = await schemaOf(chart);
      if (!schema) {
        problems.push(`${chart.name} has no values.schema.json`);
        continue;
      }
      const apps = new Set(chart.dependencies.map(({ name, alias }) => alias ?? name));
      const templates = `${await templatesOf(chart)}\n${shared}\n${chart.dependencies.map(({ condition }) => condition).join('\n')}`;
      // What belongs to a chart below is checked there.
      const paths = propertyNames(schema, templates).filter(([first]) => !apps.has(first ?? ''));
      count += paths.length;
      const unused = paths.filter((path) => !new RegExp(`(?:[.$"]|^\\s*)${path.at(-1)}\\b`, 'm').test(templates));
      problems.push(...unused.map((path) => `${chart.name}: no template uses ${path.join('.')}`));
    }
    return { extent: `${count} properties`, problems };
  },
};

interface AppConfig {
  configSchema: { shape: Record<string, { safeParse(text: unknown): { error?: { message: string } } }> };
}

/** What the app reads from its environment, as it was built. */
async function declarationOf({ name }: Chart): Promise<AppConfig> {
  return (await import(join(ROOT, 'apps', name, 'dist/config.js'))) as AppConfig;
}

function appCharts({ charts }: Context): Chart[] {
  return charts.filter(({ name }) => APPS.includes(name));
}

async function valuesFile(folder: string, name: string, values: unknown): Promise<string> {
  await mkdir(join(folder, 'values'), { recursive: true });
  const file = join(folder, 'values', name);
  await writeFile(file, stringify(values));
  return file;
}

/** All variables of a chart at once, each with what `choose` says. */
async function everyVariable(chart: Chart, choose: (name: string, schema: ValueSchema) => unknown) {
  const schema = (await schemaOf(chart)) ?? {};
  const sections = SECTIONS.map((section) => {
    const chosen = variablesIn(schema, section).map(([name, one]) => [name, choose(name, one)] as const);
    return [section, Object.fromEntries(chosen)] as const;
  });
  return Object.fromEntries(sections) as Record<(typeof SECTIONS)[number], Record<string, unknown>>;
}

export const appliesEveryVariable: Check = {
  title: 'every variable of the reference is set by values, in the right container',
  run: async (context) => {
    let count = 0;
    const problems = await inParallel(appCharts(context), async (chart) => {
      const declared = await declarationOf(chart);
      const given = await everyVariable(chart, sample);
      // A variable that both sections know, such as a URL with a password, is set in the second.
      for (const name of Object.keys(given.secretConfig)) delete given.config[name];
      const wanted: Record<string, unknown> = { ...given.config, ...given.secretConfig };
      const names = Object.keys(declared.configSchema.shape);
      count += names.length;
      const file = await valuesFile(context.folder, `${chart.name}-every-variable.yaml`, given);
      const { manifests } = await render(context.tools.helm4, {
        chart,
        name: 'every variable',
        args: ['--values', file],
      });
      const deployment = manifests.find(
        (one) =>
          one.kind === 'Deployment' &&
          appOf(one) === chart.name &&
          containersOf(one).some(({ image }) => image.includes(`/${chart.name}:`)),
      );
      const container = deployment && containersOf(deployment).find(({ image }) => image.includes(`/${chart.name}:`));
      if (!container) return [`${chart.name}: no Deployment runs its image`];
      const environment = environmentOf(container, manifests);
      return names.flatMap((name) => {
        if (!(name in wanted)) return name in environment ? [] : [`${chart.name}: no value sets ${name}`];
        const text = asText(wanted[name]);
        const problem = declared.configSchema.shape[name]?.safeParse(environment[name]).error?.message;
        if (problem) return [`${chart.name}: ${name} is ${text} by its values, and the app refuses it: ${problem}`];
        return isSame(environment[name], text)
          ? []
          : [
              `${chart.name}: ${name} is ${JSON.stringify(environment[name])} in the container, not ${JSON.stringify(text)}`,
            ];
      });
    });
    return { extent: `${count} variables of ${appCharts(context).length} apps`, problems: problems.flat() };
  },
};

/** JSON may name its fields in another order. */
function isSame(text: string | undefined, wanted: string): boolean {
  if (text === wanted) return true;
  return text !== undefined && wanted.startsWith('[{') && isDeepStrictEqual(JSON.parse(text), JSON.parse(wanted));
}

/** Whether the schema leaves a variable's value open. The chart refuses it by itself then: it is a secret in the wrong place. */
function isOpen(schema: ValueSchema): boolean {
  return !schema.type && !schema.enum;
}

/** Values that have to be refused, in one run of helm each: a schema's complaints come all at once, a chart's own one by one. */
async function wrongValues(chart: Chart): Promise<{ section: string; names: string[] }[]> {
  const schema = (await schemaOf(chart)) ?? {};
  return SECTIONS.flatMap((section) => {
    const variables = variablesIn(schema, section);
    const typed = variables.filter(([, one]) => !isOpen(one)).map(([name]) => name);
    const open = variables.filter(([, one]) => isOpen(one)).map(([name]) => ({ section, names: [name] }));
    return [...(typed.length ? [{ section, names: typed }] : []), ...open];
  });
}

export const refusesWrongValues: Check = {
  title: 'a wrong value is refused with the name of its variable',
  run: async (context) => {
    const charts = await Promise.all(
      appCharts(context).map(async (chart) => (await wrongValues(chart)).map((one) => ({ chart, ...one }))),
    );
    const runs = charts.flat();
    const problems = await inParallel(runs, async ({ chart, section, names }) => {
      const values = { [section]: Object.fromEntries(names.map((name) => [name, WRONG])) };
      const file = await valuesFile(context.folder, `${chart.name}-wrong-${section}-${names[0]}.yaml`, values);
      const variant = { chart, name: 'wrong', args: ['--values', file] };
      const answers = await Promise.all(
        [context.tools.helm3, context.tools.helm4].map((helm) => complaint(helm, variant)),
      );
      return answers.flatMap((said, index) => {
        const helm = `helm ${index + 3}`;
        if (said === undefined)
          return [`${helm} takes ${chart.name} with wrong values in ${section}: ${names.join(', ')}`];
        const silent = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(said));
        return silent.map((name) => `${helm} does not name ${section}.${name} of ${chart.name}`);
      });
    });
    const count = runs.reduce((sum, { names }) => sum + names.length, 0);
    return { extent: `${count} values, helm 3 and 4`, problems: problems.flat() };
  },
};

/** What helm says against a variant; undefined when it takes it. */
function complaint(helm: string, variant: Variant): Promise<string | undefined> {
  return render(helm, variant).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** The chart may be stricter than its app, and not the other way round: that pod would stop at its boot. */
export const refusesWhatItsAppRefuses: Check = {
  title: 'a value that its app refuses at the boot is refused by the chart',
  run: async (context) => {
    let count = 0;
    const problems: string[] = [];
    for (const chart of appCharts(context)) {
      const { configSchema } = await declarationOf(chart);
      const schema = (await schemaOf(chart)) ?? {};
      for (const section of SECTIONS) {
        const takes = new Ajv({ strict: false, formats: { uri: /^[a-z][a-z0-9+.-]*:\S/i } }).compile({
          ...schema,
          required: [],
        });
        for (const [name, one] of variablesIn(schema, section)) {
          if (isOpen(one)) continue;
          for (const value of CANDIDATES) {
            count += 1;
            // An empty text counts as unset.
            if (asText(value) === '' || !takes({ [section]: { [name]: value } })) continue;
            const problem = configSchema.shape[name]?.safeParse(asText(value)).error?.message;
            if (problem) problems.push(`${chart.name} takes ${section}.${name}: ${JSON.stringify(value)}`);
          }
        }
      }
    }
    return { extent: `${count} values`, problems };
  },
};
