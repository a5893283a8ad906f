/** Alerts and recording rules, as Prometheus reads them. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Chart } from '../charts.ts';
import { run } from '../command.ts';
import type { Check, Context } from '../context.ts';
import { inParallel } from '../in-parallel.ts';

interface RuleGroups {
  groups: { name: string; rules: { alert?: string; record?: string }[] }[];
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
  const found: Rules[] = [];
  for (const chart of charts) {
    const groups = new Map<string, RuleGroups['groups'][number]>();
    for (const { variant, manifests } of rendered) {
      if (variant.chart !== chart) continue;
      for (const rule of manifests.filter(({ kind }) => kind === 'PrometheusRule')) {
        for (const group of (rule['spec'] as RuleGroups).groups) groups.set(group.name, group);
      }
    }
    if (!groups.size) continue;
    const target = join(folder, 'rules', chart.name);
    await mkdir(target, { recursive: true });
    await writeFile(join(target, 'rules.yaml'), stringify({ groups: [...groups.values()] }));
    const tests = join(chart.folder, 'rules-tests');
    if (existsSync(tests)) await cp(tests, target, { recursive: true });
    found.push({ chart, folder: target, groups: [...groups.values()] });
  }
  return found;
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

/** Each alert fires where a test says so. The umbrella has the alerts of its apps, which have the tests. */
export const rulesPassTheirTests: Check = {
  title: 'promtool test rules; each alert has a test',
  run: async (context) => {
    const all = (await extract(context)).filter(({ chart }) => !chart.dependencies.some(({ condition }) => condition));
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
