/** Alerts and recording rules, as Prometheus reads them. */
import { findPrometheus } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';
import type { Chart } from '../charts.ts';
import { run } from '../command.ts';
import type { Check, Context } from '../context.ts';
import { inParallel } from '../in-parallel.ts';
import { appOf } from './independence.ts';

interface RuleGroups {
  groups: { name: string; rules: { alert?: string; record?: string; expr: string }[] }[];
}

/** A chart's rules out of all its renders, and the folder that holds them as `rules.yaml`. */
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
      return { chart, folder: target, groups: [...groups.values()] };
    }),
  );
}

export const rulesAreValid: Check = {
  title: 'promtool check rules',
  run: async (context) => {
    const all = await extract(context);
    const promtool = await findPrometheus('promtool', context.report);
    const problems = await inParallel(all, async ({ chart, folder }) => {
      const { code, stdout, stderr } = await run(promtool, ['check', 'rules', join(folder, 'rules.yaml')]);
      return code === 0 ? [] : [`${chart.name}: ${(stdout + stderr).trim()}`];
    });
    const count = all.flatMap(({ groups }) => groups).flatMap(({ rules }) => rules).length;
    return { extent: `${count} rules of ${all.length} charts`, problems: problems.flat() };
  },
};

/** The files themselves have tests, in `tools/observability`. */
export const rulesAreOurs: Check = {
  title: 'rules are those of docker/observability, for one release',
  run: async (context) => {
    const all = await extract(context);
    const problems = await Promise.all(
      all.map(async ({ chart, groups }) => {
        const files = [`${chart.name}.yaml`, `${chart.name}.slos.yaml`];
        const texts = await Promise.all(
          files.map((file) => readFile(join(ROOT, 'docker/observability/rules', file), 'utf8')),
        );
        const expected = texts.flatMap((text) => (parse(text) as RuleGroups).groups);
        const released = JSON.stringify(groups).replaceAll(OF_RELEASE, `job=\\"${chart.name}\\"`);
        const rendered = new Map((JSON.parse(released) as RuleGroups['groups']).map((group) => [group.name, group]));
        return expected
          .filter(({ name, rules }) => !isDeepStrictEqual(rendered.get(name)?.rules, rules))
          .map(({ name }) => `${chart.name}: the group ${name} is not that of the file`);
      }),
    );
    const count = all
      .flatMap(({ groups }) => groups)
      .flatMap(({ rules }) => rules)
      .filter(({ alert }) => alert).length;
    return { extent: `${count} alerts`, problems: problems.flat() };
  },
};

/** In JSON. */
const OF_RELEASE = /namespace=\\"[^"\\]*\\",job=\\"[^"\\]*\\"/g;
