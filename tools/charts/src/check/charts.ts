/** Which charts there are, and with which values each is rendered. */
import { ROOT } from '@ocpp-gw/rig/settings';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { mustRun } from './command.ts';

export interface Dependency {
  readonly name: string;
  readonly alias?: string;
  readonly repository?: string;
  readonly condition?: string;
}

export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly isLibrary: boolean;
  readonly dependencies: readonly Dependency[];
}

/** A chart with one choice of values. */
export interface Variant {
  readonly chart: Chart;
  readonly name: string;
  /** What helm is given after the chart. */
  readonly args: readonly string[];
}

interface ChartFile {
  name: string;
  version: string;
  type?: string;
  dependencies?: Dependency[];
}

/** The charts under `folder`, each after those it depends on. */
export async function readCharts(folder: string): Promise<Chart[]> {
  const charts: Chart[] = [];
  for (const entry of (await readdir(folder)).sort()) {
    const file = join(folder, entry, 'Chart.yaml');
    if (!existsSync(file)) continue;
    const { name, version, type, dependencies = [] } = parse(await readFile(file, 'utf8')) as ChartFile;
    charts.push({ name, version, folder: join(folder, entry), isLibrary: type === 'library', dependencies });
  }
  return inOrder(charts);
}

export function inOrder(charts: readonly Chart[]): Chart[] {
  const done = new Map<string, Chart>();
  const visit = (chart: Chart, path: readonly string[]): void => {
    if (done.has(chart.name)) return;
    if (path.includes(chart.name)) throw new Error(`charts depend on each other: ${[...path, chart.name].join(' > ')}`);
    for (const { name } of chart.dependencies) {
      const one = charts.find((other) => other.name === name);
      if (one) visit(one, [...path, chart.name]);
    }
    done.set(chart.name, chart);
  };
  for (const chart of charts) visit(chart, []);
  return [...done.values()];
}

/**
 * A copy of `charts/` whose dependencies are packed into it. Helm writes them beside a chart's own files, and a check
 * changes nothing in the checkout.
 */
export async function copyCharts(helm: string, target: string): Promise<Chart[]> {
  await rm(target, { recursive: true, force: true });
  await cp(join(ROOT, 'charts'), target, { recursive: true });
  const charts = await readCharts(target);
  for (const { folder, dependencies } of charts) {
    if (dependencies.length) await mustRun(helm, ['dependency', 'update', '--skip-refresh', folder]);
  }
  return charts;
}

/** The apps of an umbrella that can be switched off. */
export function switches(chart: Chart): { app: string; condition: string }[] {
  return chart.dependencies.flatMap(({ name, alias, condition }) =>
    condition?.endsWith('.enabled') ? [{ app: alias ?? name, condition }] : [],
  );
}

/** The chart's own values, each of its other values files, and each app of an umbrella alone. */
export async function variantsOf(chart: Chart): Promise<Variant[]> {
  const files = (await readdir(chart.folder)).filter((file) => /^values-.+\.yaml$/.test(file)).sort();
  const ci = join(chart.folder, 'ci');
  const more = existsSync(ci) ? (await readdir(ci)).filter((file) => /-values\.yaml$/.test(file)).sort() : [];
  const fromFile = (file: string, name: string): Variant => ({ chart, name, args: ['--values', file] });
  return [
    { chart, name: 'default', args: [] },
    ...files.map((file) => fromFile(join(chart.folder, file), file.slice('values-'.length, -'.yaml'.length))),
    ...more.map((file) => fromFile(join(ci, file), file.slice(0, -'-values.yaml'.length))),
  ];
}

export function describe({ chart, name }: Variant): string {
  return `${chart.name} (${name})`;
}
