import { setTimeout as sleep } from 'node:timers/promises';
import { summarise, type Summary } from '../statistics.ts';
import type { FrameTemplate } from './frame-template.ts';
import { planOpenLoop } from './open-loop.ts';
import type { RawCharger } from './raw-charger.ts';
import { WORKLOADS, type WorkloadName } from './workloads.ts';

export interface LoadOrder {
  workload: WorkloadName;
  seconds: number;
  /** Open loop: this many messages a second, whatever the answers take. Closed loop when absent. */
  perSecond?: number;
}

export interface LoadResult {
  messages: number;
  /** CALLERRORs among the answers. */
  refused: number;
  seconds: number;
  /** From when a message was due to its answer, ms. */
  latency: Summary;
}

class Tally {
  readonly latencies: number[] = [];
  refused = 0;

  async call(charger: RawCharger, template: FrameTemplate, dueAt: number): Promise<void> {
    const ok = await charger.call(template);
    if (!ok) this.refused += 1;
    this.latencies.push(performance.now() - dueAt);
  }
}

/** Every charger does the workload whole, so that the mix is exact: it ends with the last answer. */
export async function drive(chargers: readonly RawCharger[], order: LoadOrder): Promise<LoadResult> {
  const tally = new Tally();
  const startedAt = performance.now();
  await (order.perSecond === undefined
    ? closedLoop(chargers, order, tally, startedAt)
    : openLoop(chargers, { ...order, perSecond: order.perSecond }, tally, startedAt));
  return {
    messages: tally.latencies.length,
    refused: tally.refused,
    seconds: (performance.now() - startedAt) / 1000,
    latency: summarise(tally.latencies),
  };
}

async function closedLoop(
  chargers: readonly RawCharger[],
  { workload, seconds }: LoadOrder,
  tally: Tally,
  startedAt: number,
): Promise<void> {
  const until = startedAt + seconds * 1000;
  const one = async (charger: RawCharger): Promise<void> => {
    while (performance.now() < until)
      for (const template of WORKLOADS[workload]) await tally.call(charger, template, performance.now());
  };
  await Promise.all(chargers.map(one));
}

async function openLoop(
  chargers: readonly RawCharger[],
  { workload, seconds, perSecond }: LoadOrder & { perSecond: number },
  tally: Tally,
  startedAt: number,
): Promise<void> {
  const templates = WORKLOADS[workload];
  const plan = planOpenLoop({ chargers: chargers.length, perSecond, seconds, perUnit: templates.length });
  const one = async (charger: RawCharger, index: number): Promise<void> => {
    let turn = 0;
    for (let unit = 0; unit < plan.unitsPerCharger; unit += 1)
      for (const template of templates) {
        const dueAt = startedAt + plan.dueMs(index, turn);
        turn += 1;
        const wait = dueAt - performance.now();
        if (wait > 0) await sleep(wait);
        await tally.call(charger, template, dueAt);
      }
  };
  await Promise.all(chargers.map(one));
}
