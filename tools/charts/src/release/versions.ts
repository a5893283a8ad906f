import { ROOT } from '@ocpp-gw/rig/settings';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readCharts } from '../check/charts.ts';

interface Versions {
  /** Of package.json. */
  readonly product: string;
  readonly charts: readonly { readonly name: string; readonly version: string; readonly appVersion?: string }[];
}

export async function readVersions(): Promise<Versions> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const charts = (await readCharts(join(ROOT, 'charts'))).map(
    ({ folder }) => parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8')) as Versions['charts'][number],
  );
  return { product: version, charts };
}

/** Why a tag is no release of this tree; empty when it is. Images, charts and the tag have one version. */
export function tagProblems(tag: string, { product, charts }: Versions): string[] {
  if (!/^v\d+\.\d+\.\d+$/.test(tag)) return [`${JSON.stringify(tag)} is no tag of a release: use v1.2.3`];
  const wanted = tag.slice(1);
  const problems = product === wanted ? [] : [`package.json has the version ${product}, not ${wanted}`];
  for (const { name, version, appVersion } of charts) {
    if (version !== wanted) problems.push(`the chart ${name} has the version ${version}, not ${wanted}`);
    if (appVersion !== undefined && appVersion !== wanted) {
      problems.push(`the chart ${name} has the appVersion ${appVersion}, not ${wanted}`);
    }
  }
  return problems;
}
