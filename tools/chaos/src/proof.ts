import type { Difference } from './reconciliation/facts.ts';
import type { Target } from './faults/plan.ts';
import { BREAKAGE_NAMES, type Breakage } from './gateway/breakages.ts';
import { renderOutcome } from './report.ts';
import { run } from './run.ts';

/** Enough to bring it to light, and no more. */
const TARGETS: Record<Breakage, readonly Target[]> = {
  outbox: ['postgres', 'edge-a', 'edge-b'],
  dedup: ['edge-a', 'edge-b'],
  idempotency: ['api-a', 'api-b'],
};

/** What comes late in so short a run is no proof: it must be missing, or there twice, where it is kept. */
const SYMPTOM: Record<Breakage, Pick<Difference, 'system' | 'fault'>> = {
  outbox: { system: 'Postgres', fault: 'lost' },
  dedup: { system: 'ClickHouse', fault: 'doubled' },
  idempotency: { system: 'commands', fault: 'doubled' },
};

/** Breaks the gateway in each known way: whoever watches has to notice. */
export async function prove(seed: number, report: (message: string) => void): Promise<boolean> {
  let all = true;
  for (const breakage of BREAKAGE_NAMES) {
    report(`--- broken on purpose: ${breakage}`);
    const outcome = await run({
      seed,
      seconds: 25,
      chargers: 60,
      misbehaving: 0,
      break: breakage,
      targets: TARGETS[breakage],
      timeoutMs: 15_000,
      report,
    });
    const symptom = SYMPTOM[breakage];
    const noticed = outcome.differences.some(
      ({ system, fault }) => system === symptom.system && fault === symptom.fault,
    );
    report(renderOutcome(outcome));
    report(`--- ${breakage}: ${noticed ? 'noticed' : 'NOT NOTICED'}`);
    all &&= noticed;
  }
  return all;
}
