import { findExecutable } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { copyCharts } from '../check/charts.ts';
import { run } from '../check/command.ts';
import { installGoTool, missing, type Report } from '../check/toolchain.ts';
import { lookFor, SHOWN, type Machine } from './cluster.ts';
import { describePlan, makePlan } from './plan.ts';
import { runPlan } from './run-plan.ts';

const NAME = 'ocpp-smoke';
const UMBRELLA = 'ocpp-gateway';
const FOLDER = join(ROOT, '.run', 'k8s-smoke');

const here: Machine = {
  has: async (program) => (await findExecutable(program)) !== undefined,
  answers: async (engine) => (await run(engine, ['info'])).code === 0,
};

/**
 * The umbrella chart on a cluster of its own: sessions of each version, while a pod is taken away.
 * @param dryRun prints what would be done, on any machine
 * @returns whether all went well; not, where the machine lacks something
 */
export async function k8sSmoke(dryRun: boolean, report: Report, machine = here): Promise<boolean> {
  const { cluster, engine, lacking } = await lookFor(machine);
  const token = randomBytes(24).toString('base64url');
  const inputs = { name: NAME, folder: FOLDER, chart: join(FOLDER, UMBRELLA), tag: 'smoke', token };
  if (dryRun) {
    report(
      describePlan(makePlan({ ...inputs, ...(cluster && engine ? { cluster, engine } : SHOWN), helm: 'helm' }), token),
    );
    return true;
  }
  const all = [...lacking, ...(await missing(['helm4'], {}))];
  if (all.length || !cluster || !engine) throw new Error(`make k8s-smoke cannot run here:\n  ${all.join('\n  ')}`);
  const helm = await installGoTool('helm4', report);
  await copyCharts(helm, FOLDER);
  // Where both are installed, kind would take Docker, although only Podman answers.
  process.env['KIND_EXPERIMENTAL_PROVIDER'] = engine;
  return runPlan(makePlan({ ...inputs, cluster, engine, helm }), token, report);
}
