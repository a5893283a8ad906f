import { expect, it } from '@jest/globals';
import {
  CommandTrickle,
  Fleet,
  Random,
  commandDifferences,
  countedEnds,
  identities,
  readCommands,
} from '@ocpp-gw/chaos';
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
  '502 call-error',
  '502 charge-point-disconnected',
  '504 answer-timeout',
  '503 answer-lost',
];
const COUNT = 40;
/** Between two meter values: some sessions of each charger. */
const PACE_MS = 500;
/** Of the pods behind Envoy, see startEnvoyStack. */
const DRAIN_WINDOW_MS = 2_000;
/** A drained charger waits about a second before it dials again. */
const LONGEST_ABSENCE_MS = 10_000;

/** Each pod ends and comes back in turn while chargers of both versions charge and commands are sent. */
export function envoyRestartSuite(stack: () => EnvoyStack): void {
  it('loses no transaction message, leaves no command without an outcome, and brings every charger back', async () => {
    const { envoy, pods, database, ca, rest } = stack();
    const cpIds = identities('ROLL-', COUNT);
    const password = await registerAll(stack(), cpIds);
    const access = { urls: [envoy.tlsUrl], ca: ca.cert };
    const fleet = new Fleet({ cpIds, access, password, seed: 1, paceMs: PACE_MS, misbehaving: 0 });
    const random = new Random(1);
    const asking = { token: TOKEN, cpIds, random, paceMs: 50, marginMs: 1_000 };
    const commands = new CommandTrickle({ ...asking, urls: [rest], keyed: 0 });
    try {
      await fleet.start();
      await until('all to be connected', async () => expect(fleet.connected).toBe(COUNT));
      commands.start();
      for (const pod of pods) {
        const began = Date.now();
        expect(await pod.process.stop()).toBe(0);
        const cutOffs = fleet.cutOffs.filter((at) => at >= began);
        expect(Math.max(...cutOffs) - Math.min(...cutOffs)).toBeGreaterThan(DRAIN_WINDOW_MS / 2);
        await pod.process.launch();
        await until('Envoy to find both ready', async () => expect(await envoy.readyPods()).toHaveLength(2));
      }
      await until('all to be back', async () => expect(fleet.connected).toBe(COUNT));
      await commands.stop();
      await fleet.finish(60_000);
      expect(fleet.records.complaints).toEqual([]);
    } finally {
      await Promise.all([commands.stop(), fleet.stop()]);
    }

    const ends = countedEnds(commands.sent);
    process.stdout.write(`\n${[...ends].map(([end, times]) => `  ${end.padEnd(30)}${times}\n`).join('')}`);
    const { sent } = commands;
    await until('the answers to agree with the chargers', async () => {
      const kept = await readCommands(rest, TOKEN);
      expect(commandDifferences({ sent, received: fleet.transferred, kept, absences: [] })).toEqual([]);
    });
    expect([...ends.keys()].filter((end) => !ENDS.includes(end))).toEqual([]);
    expect(ends.get('200')).toBeGreaterThan(100);
    expect(fleet.reconnects).toBeGreaterThanOrEqual(COUNT);
    expect(fleet.worstAwayMs).toBeLessThan(LONGEST_ABSENCE_MS);
    const { rows } = await database.query<Row>(
      `SELECT cp_id, transaction_id, state, (SELECT count(*)::int FROM unnest(seen_seq_nos)) AS runs
       FROM transactions WHERE cp_id LIKE 'ROLL%'`,
    );
    const stored = rows.map(({ cp_id, transaction_id }) => `${cp_id} ${transaction_id}`);
    for (const kind of ['started', 'ended'] as const) {
      const acknowledged = fleet.records.acknowledged.filter((one) => one.kind === kind);
      expect(acknowledged.map((one) => `${one.cpId} ${one.transactionId}`).sort()).toEqual(stored.sort());
    }
    expect(rows.length).toBeGreaterThan(2 * COUNT);
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
