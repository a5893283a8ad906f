import * as helm from './checks/helm.ts';
import { isolation, oneAppAlone, upgradesApart } from './checks/independence.ts';
import { kubeScore, policies, policyTests } from './checks/policies.ts';
import { checksNoticeFaults } from './checks/proof.ts';
import { rulesAreOurs, rulesAreValid } from './checks/rules.ts';
import { kubeconform, kubernetesValidate } from './checks/schemas.ts';
import { smokeFitsTheCharts } from './checks/smoke.ts';
import {
  appliesEveryVariable,
  refusesWhatItsAppRefuses,
  refusesWrongValues,
  usesEveryProperty,
} from './checks/values.ts';
import type { Check, Context } from './context.ts';
import { prepare } from './prepare.ts';
import { summary, type Row } from './table.ts';
import type { Report } from './toolchain.ts';

const CHECKS: readonly Check[] = [
  helm.lint,
  helm.bothRenderAlike,
  helm.rendersTheSameAgain,
  helm.unittest,
  kubernetesValidate,
  kubeconform,
  policyTests,
  policies,
  kubeScore,
  rulesAreValid,
  rulesAreOurs,
  checksNoticeFaults,
  usesEveryProperty,
  appliesEveryVariable,
  refusesWrongValues,
  refusesWhatItsAppRefuses,
  isolation,
  oneAppAlone,
  upgradesApart,
  smokeFitsTheCharts,
];

/** All checks, also when an early one fails; then a table. @returns whether all are well */
export async function checkCharts(report: Report): Promise<boolean> {
  const context = await prepare(report);
  const rows: Row[] = [];
  for (const check of CHECKS) rows.push(await perform(check, context));
  report(`\n${summary(rows)}\n\nrendered into ${context.folder}/rendered`);
  return rows.every(({ ok }) => ok);
}

async function perform(check: Check, context: Context): Promise<Row> {
  context.report(check.title);
  const startedAt = performance.now();
  // A check that cannot be made has failed, and the next ones are made all the same.
  const { extent, problems } = await check
    .run(context)
    .catch((error: Error) => ({ extent: 'not made', problems: [error.message] }));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const problem of problems) context.report(`  FAILED ${problem.replaceAll('\n', '\n    ')}`);
  return { title: check.title, extent, ok: problems.length === 0, seconds };
}
