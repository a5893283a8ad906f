import { expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { SimulatedFleet } from '../envoy-fleet.ts';
import type { EnvoyStack } from '../envoy-stack.ts';
import { until } from '../service-process.ts';
import { rest } from '../stack.ts';
import { registerAll } from './envoy-pods.ts';

const COUNT = 20;
const SESSIONS = 6;
/** A drained charger waits about a second before it dials again. */
const LONGEST_ABSENCE_MS = 10_000;

/** Each pod ends and comes back in turn while chargers charge and commands are sent. */
export function envoyRestartSuite(stack: () => EnvoyStack): void {
  it('loses no transaction message, leaves no command without an outcome, and brings every charger back', async () => {
    const { envoy, pods, database, caFile } = stack();
    const fleets = (['1.6', '2.0.1'] as const).map((protocol) => ({ protocol, idPrefix: `ROLL${protocol}-` }));
    const ids = fleets.flatMap(({ idPrefix }) => SimulatedFleet.ids(idPrefix, COUNT));
    const password = await registerAll(stack(), ids);
    const running = fleets.map(
      (fleet) =>
        new SimulatedFleet({ ...fleet, url: envoy.tlsUrl, caFile, password, count: COUNT, sessions: SESSIONS }),
    );
    const commanding = new AbortController();
    try {
      await until('all to be connected', async () =>
        expect(running.map(({ connected }) => connected)).toEqual([COUNT, COUNT]),
      );
      const outcomes = commandAll(stack(), ids, commanding.signal);
      for (const pod of pods) {
        expect(await pod.process.stop()).toBe(0);
        await pod.process.launch();
        await until('Envoy to find both ready', async () => expect(await envoy.readyPods()).toHaveLength(2));
      }
      await until('all to be back', async () =>
        expect(running.map(({ connected }) => connected)).toEqual([COUNT, COUNT]),
      );
      commanding.abort();
      expectExplicit(await outcomes);
      await Promise.all(running.map((fleet) => fleet.done(60_000)));
    } finally {
      commanding.abort();
      await Promise.all(running.map((fleet) => fleet.end()));
    }

    for (const fleet of running) {
      expect(await fleet.end()).toMatchObject({ accepted: COUNT, acknowledged: COUNT * SESSIONS, problems: [] });
      expect(fleet.absences.times).toBeGreaterThanOrEqual(COUNT);
      expect(fleet.absences.longestMs).toBeLessThan(LONGEST_ABSENCE_MS);
    }
    const { rows } = await database.query<Row>(
      `SELECT cp_id, transaction_id, state, (SELECT count(*)::int FROM unnest(seen_seq_nos)) AS runs
       FROM transactions WHERE cp_id LIKE 'ROLL%'`,
    );
    const book = running.flatMap((fleet) => fleet.book);
    const stored = rows.map(({ cp_id, transaction_id }) => `${cp_id} ${transaction_id}`);
    for (const what of ['start', 'stop'] as const) {
      const acknowledged = book.filter((one) => one.what === what).map((one) => `${one.cpId} ${one.transactionId}`);
      expect([...new Set(acknowledged)].sort()).toEqual(stored.sort());
    }
    expect(rows).toHaveLength(2 * COUNT * SESSIONS);
    // One run of sequence numbers is one without a gap; 1.6 has none.
    expect(rows.filter(({ state, runs }) => state !== 'ended' || runs > 1)).toEqual([]);
  }, 120_000);
}

interface Row {
  cp_id: string;
  transaction_id: string;
  state: string;
  runs: number;
}

interface Outcome {
  status: number;
  type: string;
  title: unknown;
  ms: number;
}

const COMMAND_TIMEOUT_S = 5;

/** Commands to one charger after the other, four at a time, until `signal`. */
async function commandAll(stack: EnvoyStack, ids: readonly string[], signal: AbortSignal): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const lane = async (offset: number): Promise<void> => {
    for (let turn = offset; !signal.aborted; turn += 4) {
      const began = performance.now();
      const path = `/charge-points/${ids[turn % ids.length]}/commands/get-local-list-version`;
      const { status, type, body } = await rest(stack, 'POST', path, { timeout_s: COMMAND_TIMEOUT_S });
      outcomes.push({ status, type, title: body['title'], ms: performance.now() - began });
      await sleep(40);
    }
  };
  await Promise.all([0, 1, 2, 3].map(lane));
  return outcomes;
}

/** Answered by the charger; or by a problem that says it is away, went away, was not asked, or stayed silent: never by nothing. */
function expectExplicit(outcomes: Outcome[]): void {
  const failed = outcomes.filter(({ status }) => status !== 200);
  expect(failed.filter(({ status }) => ![409, 502, 503, 504].includes(status))).toEqual([]);
  expect(failed.filter(({ type, title }) => !/problem\+json/.test(type) || typeof title !== 'string')).toEqual([]);
  expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan((COMMAND_TIMEOUT_S + 2) * 1000);
  expect(outcomes.length - failed.length).toBeGreaterThan(100);
}
