import { expect, it } from '@jest/globals';
import { CommandTrickle, Random, commandDifferences, nameOfEnd } from '@ocpp-gw/chaos';
import { SimulatedFleet } from '../envoy-fleet.ts';
import type { EnvoyStack } from '../envoy-stack.ts';
import { TOKEN } from '../stack.ts';
import { until } from '../until.ts';
import { registerAll } from './envoy-pods.cases.ts';

/** How a command may end while pods restart: answered, surely not sent, perhaps sent. */
const ENDS = [
  '200',
  '409 charge-point-offline',
  '409 charge-point-moved',
  '503 not-taken',
  '504 command-expired',
  '503 dependency-unavailable',
  '502 charge-point-disconnected',
  '504 answer-timeout',
  '503 answer-lost',
];
const COUNT = 20;
const SESSIONS = 6;
/** Of the pods behind Envoy, see startEnvoyStack. */
const DRAIN_WINDOW_MS = 2_000;
/** A drained charger waits about a second before it dials again. */
const LONGEST_ABSENCE_MS = 10_000;

/** Each pod ends and comes back in turn while chargers charge and commands are sent. */
export function envoyRestartSuite(stack: () => EnvoyStack): void {
  it('loses no transaction message, leaves no command without an outcome, and brings every charger back', async () => {
    const { envoy, pods, database, ca } = stack();
    const fleets = (['1.6', '2.0.1'] as const).map((protocol) => ({ protocol, idPrefix: `ROLL${protocol}-` }));
    const ids = fleets.flatMap(({ idPrefix }) => SimulatedFleet.ids(idPrefix, COUNT));
    const password = await registerAll(stack(), ids);
    const running = fleets.map(
      (fleet) =>
        new SimulatedFleet({ ...fleet, url: envoy.tlsUrl, ca: ca.cert, password, count: COUNT, sessions: SESSIONS }),
    );
    const commands = new CommandTrickle({
      rest: stack().rest,
      token: TOKEN,
      cpIds: ids,
      random: new Random(1),
      paceMs: 25,
      marginMs: 1_000,
    });
    try {
      await until('all to be connected', async () =>
        expect(running.map(({ connected }) => connected)).toEqual([COUNT, COUNT]),
      );
      commands.start();
      for (const pod of pods) {
        const began = Date.now();
        expect(await pod.process.stop()).toBe(0);
        const cutOffs = running.flatMap((fleet) => fleet.cutOffs).filter((at) => at >= began);
        expect(Math.max(...cutOffs) - Math.min(...cutOffs)).toBeGreaterThan(DRAIN_WINDOW_MS / 2);
        await pod.process.launch();
        await until('Envoy to find both ready', async () => expect(await envoy.readyPods()).toHaveLength(2));
      }
      await until('all to be back', async () =>
        expect(running.map(({ connected }) => connected)).toEqual([COUNT, COUNT]),
      );
      await commands.stop();
      await Promise.all(running.map((fleet) => fleet.done(60_000)));
    } finally {
      await commands.stop();
      await Promise.all(running.map((fleet) => fleet.end()));
    }

    const ends = Map.groupBy(commands.sent, ({ end }) => nameOfEnd(end));
    process.stdout.write(`\n${[...ends].map(([end, { length }]) => `  ${end.padEnd(30)}${length}\n`).join('')}`);
    const received = new Map(running.flatMap((fleet) => [...fleet.dataTransfers]));
    expect(commandDifferences({ sent: commands.sent, received, absences: [] })).toEqual([]);
    expect([...ends.keys()].filter((end) => !ENDS.includes(end))).toEqual([]);
    expect(ends.get('200')?.length).toBeGreaterThan(100);
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
