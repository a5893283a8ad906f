/** An app is installed, upgraded and removed without touching the others. */
import { stringify } from 'yaml';
import { switches, type Chart, type Variant } from '../charts.ts';
import type { Check, Context } from '../context.ts';
import { inParallel } from '../in-parallel.ts';
import { changedLines, compare, identify, type Manifest } from '../manifests.ts';
import { render } from '../render.ts';

export const APPS = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'];
const NEXT_TAG = '99.0.0-next';

/** The app that a manifest is of, by the chart that made it; undefined for what is of none. */
export function appOf({ metadata }: Manifest): string | undefined {
  const chart = metadata.labels?.['helm.sh/chart'] ?? '';
  return APPS.find((app) => chart.startsWith(`${app}-`));
}

/** Apps whose images are in a manifest. */
function imagesIn(manifest: Manifest): string[] {
  const text = JSON.stringify(manifest);
  return APPS.filter((app) => new RegExp(`"image":"[^"]*/${app}[:@]`).test(text));
}

export const isolation: Check = {
  title: 'a chart of one app renders nothing of the others',
  run: async ({ rendered }) => {
    const own = rendered.filter(({ variant }) => APPS.includes(variant.chart.name));
    const problems = own.flatMap(({ variant, manifests }) =>
      manifests
        .filter((one) => appOf(one) !== variant.chart.name || imagesIn(one).some((app) => app !== variant.chart.name))
        .map((one) => `${variant.chart.name} (${variant.name}) renders ${identify(one)}`),
    );
    const charts = new Set(own.map(({ variant }) => variant.chart.name));
    const absent = APPS.filter((app) => !charts.has(app)).map((app) => `there is no chart ${app}`);
    return { extent: `${charts.size} charts, ${own.length} renders`, problems: [...absent, ...problems] };
  },
};

function umbrellas(context: Context): Chart[] {
  return context.charts.filter((chart) => switches(chart).length > 0);
}

function defaults(chart: Chart): Variant {
  return { chart, name: 'default', args: [] };
}

export const oneAppAlone: Check = {
  title: 'an umbrella renders one app alone',
  run: async (context) => {
    const runs = umbrellas(context).flatMap((chart) =>
      switches(chart).flatMap(({ app }) => (APPS.includes(app) ? [{ chart, app }] : [])),
    );
    const problems = await inParallel(runs, async ({ chart, app }) => {
      const off = switches(chart)
        .filter((one) => one.app !== app)
        .map(({ condition }) => `${condition}=false`);
      const { manifests } = await render(context.tools.helm4, defaults(chart), ['--set', off.join(',')]);
      const apps = manifests.map((one) => ({ one, found: new Set([appOf(one) ?? app, ...jobsAside(one)]) }));
      const foreign = apps.filter(({ found }) => [...found].some((name) => name !== app));
      const has = manifests.some((one) => one.kind === 'Deployment' && appOf(one) === app);
      return [
        ...(has ? [] : [`${chart.name} with only ${app} has no Deployment of it`]),
        ...foreign.map(({ one }) => `${chart.name} with only ${app} renders ${identify(one)}`),
      ];
    });
    return { extent: `${runs.length} renders`, problems: problems.flat() };
  },
};

/** Jobs may run an image of another app: migrations are in the images of those who need the tables. */
function jobsAside(manifest: Manifest): string[] {
  return manifest.kind === 'Job' ? [] : imagesIn(manifest);
}

export const upgradesApart: Check = {
  title: 'another tag of one app changes only its manifests',
  run: async (context) => {
    const runs = umbrellas(context).flatMap((chart) =>
      switches(chart).flatMap(({ app }) => (APPS.includes(app) ? [{ chart, app }] : [])),
    );
    const before = new Map(
      await inParallel(umbrellas(context), async (chart) => {
        const { manifests } = await render(context.tools.helm4, defaults(chart));
        return [chart.name, manifests] as const;
      }),
    );
    const problems = await inParallel(runs, async ({ chart, app }) => {
      const old = before.get(chart.name)!;
      const { manifests } = await render(context.tools.helm4, defaults(chart), [
        '--set',
        `${app}.image.tag=${NEXT_TAG}`,
      ]);
      const { added, removed, changed } = compare(old, manifests);
      const find = (all: readonly Manifest[], name: string): Manifest => all.find((one) => identify(one) === name)!;
      for (const name of changed) {
        const lines = changedLines(stringify(find(old, name)), stringify(find(manifests, name)));
        context.report(`  ${chart.name}, ${app} to ${NEXT_TAG}: ${name}\n      ${lines.join('\n      ')}`);
      }
      const foreign = [...added, ...removed, ...changed].filter((name) => {
        const one = [...old, ...manifests].find((manifest) => identify(manifest) === name)!;
        return appOf(one) !== app;
      });
      return [
        ...(changed.length ? [] : [`${chart.name}: another tag of ${app} changes nothing`]),
        ...foreign.map((name) => `${chart.name}: another tag of ${app} changes ${name}`),
      ];
    });
    return { extent: `${runs.length} upgrades`, problems: problems.flat() };
  },
};
