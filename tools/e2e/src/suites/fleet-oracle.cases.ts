import { expect, it } from '@jest/globals';
import { readCalls, readTransactions, readView } from '@ocpp-gw/chaos';
import { differencesDownstream, judge, lastWords, renderFindings, type KeptTransaction } from '@ocpp-gw/charger-sim';
import { runFleet, type FleetRun } from '../oracle/fleet.ts';
import { until } from '../until.ts';
import { TOKEN, type Stack } from '../stack.ts';

/** FLEET_SEED and FLEET_SESSIONS give another fleet; without a seed each run has its own. */
export interface FleetPreset {
  seed?: number;
  sessions: number;
}

/** Random chargers with random misbehaviour, beside the simulator's own log. */
export function fleetOracleSuite(stack: () => Stack, preset: FleetPreset, withinMs: number): void {
  const seed = Number(process.env['FLEET_SEED'] ?? preset.seed ?? Math.floor(Math.random() * 10_000));
  const sessions = Number(process.env['FLEET_SESSIONS'] ?? preset.sessions);
  const title = `seed ${seed}, ${sessions} sessions`;
  let run: FleetRun;

  const kept = async (): Promise<KeptTransaction[]> => {
    const lists: KeptTransaction[][] = [];
    for (const cpId of run.cpIds) lists.push(await readTransactions(stack().rest, TOKEN, cpId));
    return lists.flat();
  };

  it(
    `${title}: every charger can do its sessions`,
    async () => {
      run = await runFleet({ seed, sessions, urls: stack().edgeUrls, withinMs });
      expect(run.problems).toEqual([]);
    },
    withinMs + 30_000,
  );

  it(`${title}: nobody is billed for another, sums fit the meters, and nothing acknowledged is missing`, async () => {
    const findings = judge(run.truth, await kept());
    if (findings.length > 0) throw new Error(`seed ${seed}: ${renderFindings(findings)}`);
  }, 60_000);

  it(`${title}: backend, REST and ClickHouse agree`, async () => {
    await until(
      'all to agree',
      async () => {
        const { backend, dataPlane } = stack();
        const all = await kept();
        const differences = [
          ...differencesDownstream('ClickHouse', all, await readView(dataPlane.clickhouseUrl)),
          ...differencesDownstream('the backend', all, lastWords(readCalls(backend))),
        ];
        expect(differences.slice(0, 20)).toEqual([]);
      },
      30_000,
    );
  }, 60_000);
}
