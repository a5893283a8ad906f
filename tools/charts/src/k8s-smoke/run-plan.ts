import { ROOT } from '@ocpp-gw/rig/settings';
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun } from '../check/command.ts';
import type { Report } from '../check/toolchain.ts';
import type { Command } from './cluster.ts';
import { FORWARDS, type Charger, type Plan, type Step } from './plan.ts';

const REST = `http://127.0.0.1:${FORWARDS.rest.here}/api/v1`;
const WITHIN_MS = 120_000;

/** Runs the plan and removes the cluster, however it ends. @returns whether all went well */
export async function runPlan(plan: Plan, token: string, report: Report): Promise<boolean> {
  const forwards: Forward[] = [];
  try {
    for (const step of plan.install) await show(step, report);
    forwards.push(...plan.forwards.map((step) => new Forward(step)));
    for (const { id } of plan.chargers) await eventually(() => register(id, token));
    const charging = Promise.all(plan.chargers.map((charger) => show(charger, report)));
    await Promise.all([charging, loseAPod(plan, report)]);
    for (const charger of plan.chargers) await eventually(() => hasEnded(charger, token));
    report('every session is there, although a pod was taken away');
    return true;
  } catch (error) {
    report(`FAILED ${(error as Error).message}`);
    for (const step of plan.diagnose) await show(step, report).catch(() => undefined);
    return false;
  } finally {
    for (const forward of forwards) forward.stop();
    await show(plan.tearDown, report).catch((error: Error) => report(error.message));
  }
}

/** The chargers are in the middle of their sessions then. */
async function loseAPod(plan: Plan, report: Report): Promise<void> {
  await sleep(10_000);
  const pod = (await mustRun(plan.podOfEdge.file, plan.podOfEdge.args)).trim();
  await show(plan.remove(pod), report);
}

/** Runs a step with its output shown. */
function show({ title, file, args }: Step, report: Report): Promise<void> {
  report(`\n=== ${title}`);
  return new Promise((resolve, reject) => {
    start({ file, args }, 'inherit')
      .on('error', reject)
      .on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${title}: ${file} ended with ${code}`))));
  });
}

function start({ file, args }: Command, stdio: 'inherit' | 'ignore'): ChildProcess {
  return spawn(file, args, { cwd: ROOT, stdio });
}

/** A forwarded port. It is bound to one pod, and begun anew when that pod goes. */
class Forward {
  #child: ChildProcess;
  #stopped = false;

  constructor(step: Step) {
    this.#child = this.#begin(step);
  }

  #begin(step: Step): ChildProcess {
    return start(step, 'ignore').on('exit', () => {
      if (this.#stopped) return;
      setTimeout(() => {
        if (!this.#stopped) this.#child = this.#begin(step);
      }, 500);
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#child.kill();
  }
}

async function register(id: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ security_profile: 0 });
  const answer = await fetch(`${REST}/charge-points/${id}`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(`register ${id}: ${answer.status} ${await answer.text()}`);
}

interface Transaction {
  state: string;
  energy_wh: number | null;
}

async function hasEnded({ id, args }: Charger, token: string): Promise<void> {
  const wanted = Number(args[args.indexOf('--sessions') + 1]);
  const answer = await fetch(`${REST}/transactions?cp_id=${id}`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`transactions of ${id}: ${answer.status}`);
  const { items } = (await answer.json()) as { items: Transaction[] };
  const ended = items.filter(({ state, energy_wh }) => state === 'ended' && (energy_wh ?? 0) > 0);
  if (items.length !== wanted || ended.length !== wanted) {
    throw new Error(`${id}: ${wanted} ended transactions with energy are expected: ${JSON.stringify(items)}`);
  }
}

async function eventually(work: () => Promise<void>): Promise<void> {
  const giveUpAt = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await sleep(1_000);
    }
  }
}
