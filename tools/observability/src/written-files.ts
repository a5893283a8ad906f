import { ROOT } from '@ocpp-gw/rig/settings';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { DASHBOARDS, render } from './dashboards/index.ts';
import { sloGroup } from './slos/slo-rules.ts';
import { SLOS } from './slos/slos.ts';

export const FOLDER = 'docker/observability';
const MADE = '# Made from the code by `make observability`; do not edit.\n';

/** What is made from the code, by its path in the repository: the rules of the objectives, and the dashboards. */
export async function writtenFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [app, slos] of Map.groupBy(SLOS, (slo) => slo.app)) {
    const groups = slos.map(sloGroup);
    files[`${FOLDER}/rules/${app}.slos.yaml`] = MADE + stringify({ groups }, { lineWidth: 0 });
  }
  for (const dashboard of DASHBOARDS)
    files[`${FOLDER}/grafana/dashboards/${dashboard.id}.json`] = JSON.stringify(render(dashboard));
  const formatted = Object.entries(files).map(async ([file, content]) => {
    const filepath = join(ROOT, file);
    return [file, await format(content, { ...(await resolveConfig(filepath)), filepath })] as const;
  });
  return Object.fromEntries(await Promise.all(formatted));
}
