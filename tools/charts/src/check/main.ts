import { Command } from 'commander';
import { k8sSmoke } from '../k8s-smoke/k8s-smoke.ts';
import { packageCharts, pushCharts } from '../release/package.ts';
import { readVersions, tagProblems } from '../release/versions.ts';
import { checkCharts } from './check-charts.ts';
import { checkPipelines } from './pipelines.ts';
import type { Report } from './toolchain.ts';

const report: Report = (message) => console.log(message);
const program = new Command('charts').description('Checks of the Helm charts and of the pipelines, without a cluster');

function command<T>(name: string, description: string, work: (options: T) => Promise<boolean>): Command {
  return program
    .command(name)
    .description(description)
    .action(async (options: T) => {
      const ok = await work(options).catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        return false;
      });
      process.exitCode = ok ? 0 : 1;
    });
}

command('charts', 'render, lint, validate and test every chart', () => checkCharts(report));
command('pipelines', 'lint the pipelines in .github/workflows', () => checkPipelines(report));
command<{ dryRun?: true }>('k8s-smoke', 'try the umbrella chart on a cluster of kind or k3d', ({ dryRun = false }) =>
  k8sSmoke(dryRun, report),
).option('--dry-run', 'print what would be done');

command('package', 'package every chart', () => packageCharts(report));
command<{ registry: string }>('push', 'push the packaged charts', ({ registry }) =>
  pushCharts(registry, report),
).requiredOption('--registry <url>', 'such as oci://ghcr.io/ocpp-gw/charts');
command<{ tag: string }>('release-check', 'say whether a tag is a release of this tree', async ({ tag }) => {
  const problems = tagProblems(tag, await readVersions());
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}).requiredOption('--tag <tag>', 'such as v1.2.3');

await program.parseAsync();
