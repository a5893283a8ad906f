/** Alerts and recording rules, as Prometheus reads them. */
import { ROOT } from '@ocpp-gw/rig/settings';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Chart } from '../charts.ts';
import { run } from '../command.ts';
import type { Check, Context } from '../context.ts';
import { inParallel } from '../in-parallel.ts';
import { appOf } from './independence.ts';

interface RuleGroups {
  groups: { name: string; rules: { alert?: string; record?: string; expr: string }[] }[];
}

interface RuleTests {
  tests?: { alert_rule_test?: { alertname: string; exp_alerts?: unknown[] }[] }[];
}

/** A chart's rules out of all its renders, and the folder that holds them as `rules.yaml` beside the chart's tests of them. */
interface Rules {
  readonly chart: Chart;
  readonly folder: string;
  readonly groups: RuleGroups['groups'];
}

async function extract({ rendered, charts, folder }: Context): Promise<Rules[]> {
  const found = new Map<string, Map<string, RuleGroups['groups'][number]>>();
  for (const { variant, manifests } of rendered) {
    for (const manifest of manifests.filter(({ kind }) => kind === 'PrometheusRule')) {
      // In an umbrella the rules are those of its apps, whose charts have the tests.
      const name = appOf(manifest) ?? variant.chart.name;
      const groups = found.get(name) ?? new Map<string, RuleGroups['groups'][number]>();
      for (const group of (manifest['spec'] as RuleGroups).groups) groups.set(group.name, group);
      found.set(name, groups);
    }
  }
  return Promise.all(
    [...found].map(async ([name, groups]) => {
      const chart = charts.find((one) => one.name === name)!;
      const target = join(folder, 'rules', name);
      await mkdir(target, { recursive: true });
      await writeFile(join(target, 'rules.yaml'), stringify({ groups: [...groups.values()] }));
      const tests = join(chart.folder, 'rules-tests');
      if (existsSync(tests)) await cp(tests, target, { recursive: true });
      return { chart, folder: target, groups: [...groups.values()] };
    }),
  );
}

export const rulesAreValid: Check = {
  title: 'promtool check rules',
  run: async (context) => {
    const all = await extract(context);
    const problems = await inParallel(all, async ({ chart, folder }) => {
      const { code, stdout, stderr } = await run('promtool', ['check', 'rules', join(folder, 'rules.yaml')]);
      return code === 0 ? [] : [`${chart.name}: ${(stdout + stderr).trim()}`];
    });
    const count = all.flatMap(({ groups }) => groups).flatMap(({ rules }) => rules).length;
    return { extent: `${count} rules of ${all.length} charts`, problems: problems.flat() };
  },
};

/** Each alert fires where a test says so. */
export const rulesPassTheirTests: Check = {
  title: 'promtool test rules; each alert has a test',
  run: async (context) => {
    const all = await extract(context);
    const results = await inParallel(all, async ({ chart, folder, groups }) => {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml') && file !== 'rules.yaml');
      const tested = new Set<string>();
      for (const file of files) {
        for (const name of firing(parse(await readFile(join(folder, file), 'utf8')) as RuleTests)) tested.add(name);
      }
      const alerts = groups.flatMap(({ rules }) => rules).flatMap(({ alert }) => alert ?? []);
      const untested = alerts.filter((alert) => !tested.has(alert));
      const problems = untested.map((alert) => `${chart.name}: no test in rules-tests/ makes ${alert} fire`);
      if (files.length) {
        const { code, stdout, stderr } = await run('promtool', ['test', 'rules', ...files], { cwd: folder });
        if (code !== 0) problems.push(`${chart.name}: ${(stdout + stderr).trim()}`);
      }
      return { alerts: alerts.length, problems };
    });
    const count = results.reduce((sum, { alerts }) => sum + alerts, 0);
    return { extent: `${count} alerts`, problems: results.flatMap(({ problems }) => problems) };
  },
};

function firing({ tests = [] }: RuleTests): string[] {
  return tests
    .flatMap(({ alert_rule_test = [] }) => alert_rule_test)
    .filter(({ exp_alerts = [] }) => exp_alerts.length > 0)
    .map(({ alertname }) => alertname);
}

/** Metrics of ours that the rules' expressions name, without what a histogram appends. */
export function metricsIn(expression: string): string[] {
  return [...expression.matchAll(/\beveys_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));
}

/** A misspelt name is an alert that never fires, and a valid expression. */
export const rulesNameOurMetrics: Check = {
  title: 'alerts name metrics that the apps have',
  run: async (context) => {
    const sources = ['apps', 'libs'].map((folder) => join(ROOT, folder));
    const files = (await Promise.all(sources.map((folder) => sourcesOf(folder)))).flat();
    const code = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
    const rules = (await extract(context)).flatMap(({ groups }) => groups).flatMap((group) => group.rules);
    const names = new Set(rules.flatMap(({ expr }) => metricsIn(expr)));
    const unknown = [...names].filter((name) => !code.includes(`'${name}'`));
    return { extent: `${names.size} metrics`, problems: unknown.map((name) => `no app has the metric ${name}`) };
  },
};

async function sourcesOf(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const project of await readdir(folder)) {
    const source = join(folder, project, 'src');
    if (!existsSync(source)) continue;
    for (const file of await readdir(source, { recursive: true })) {
      if (file.endsWith('.ts') && !file.endsWith('.spec.ts')) files.push(join(source, file));
    }
  }
  return files;
}
