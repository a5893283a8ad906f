import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeEvent } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import type { OutboxRow } from '@ocpp-gw/persistence';
import { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { Effects } from './effects.ts';
import { anyEffect } from './testdata/any-effect.ts';
import { effectsOnPostgres } from './testdata/on-postgres.ts';
import { StationTransactions } from './transactions/station-transactions.ts';

const now = new Date('2026-04-02T10:00:00Z');
const status: Effect = {
  kind: 'connectorStatus',
  evseId: 1,
  connectorId: 1,
  status: 'Available',
  time: { at: now },
};

/** One CALL: all of its effects, or none. */
interface Call {
  cpId: string;
  protocol: string;
  effects: Effect[];
}

describe('effects of many chargers in one transaction, on Postgres', () => {
  const plane = effectsOnPostgres('effects-group', { protocol: 'ocpp1.6' });
  let batches: number[] = [];
  let sut: Effects;
  let transactions: StationTransactions;

  beforeEach(async () => {
    batches = [];
    transactions = new StationTransactions(new TransactionLedgers(plane.database));
    sut = effects();
    await clear();
  });

  const effects = (batch?: number): Effects =>
    new Effects({
      commit: plane.commit,
      transactions,
      pod: 'pod-1',
      backend: true,
      ...(batch && { batch }),
      observer: { began: (waits) => batches.push(waits.length), split: () => undefined },
    });
  const commit = (cpId: string, effect: Effect) => sut.commit({ cpId, protocol: 'ocpp1.6' }, [effect], now);
  /** Every charger says it at once; how each fared. */
  const atOnce = (chargers: number, effectOf: (charger: number) => Effect) =>
    Promise.allSettled(Array.from({ length: chargers }, (_, charger) => commit(`CP-${charger}`, effectOf(charger))));
  const failed = (results: readonly PromiseSettledResult<unknown>[]): [number, string][] =>
    results.flatMap((one, charger) =>
      one.status === 'rejected' ? [[charger, (one.reason as Error).name]] : ([] as [number, string][]),
    );
  const chargersIn = async (table: string): Promise<number[]> => {
    const rows = await sqlOf(plane.database).query<{ cp_id: string }>(`SELECT cp_id FROM ${table}`);
    return rows.map(({ cp_id }) => Number(cp_id.slice(3))).sort((one, other) => one - other);
  };
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

  /** Tables that say something of stations. */
  async function tables(): Promise<string[]> {
    const rows = await sqlOf(plane.database).query<{ name: string }>(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'cp_id' ORDER BY name`,
    );
    return rows.map(({ name }) => name);
  }

  async function clear(): Promise<void> {
    await sqlOf(plane.database).query(`TRUNCATE ${(await tables()).join(', ')}`);
  }

  /** All that is written of one run, but for what differs between two of the same: names, generated ids, the database's clock. */
  async function written(run: string): Promise<Record<string, unknown>> {
    const state: Record<string, unknown> = {};
    for (const table of (await tables()).filter((name) => name !== 'outbox')) {
      const rows = await sqlOf(plane.database).query<{ row: string }>(
        `SELECT (to_jsonb(one) - '{id,created_at,updated_at,recorded_at}'::text[])::text AS row
         FROM ${table} one WHERE cp_id LIKE $1`,
        [`${run}/%`],
      );
      state[table] = rows.map(({ row }) => row.replaceAll(`${run}/`, '')).sort();
    }
    const rows = await plane.takeAll();
    await plane.outbox.remove(rows.map(({ id }) => id));
    for (const [cpId, own] of Map.groupBy(rows, (row) => row.cpId)) state[cpId.slice(run.length)] = own.map(said);
    return state;
  }

  function said({ lane, destination, payload }: OutboxRow): unknown {
    if (lane === 'backend') return [destination, Buffer.from(payload).toString()];
    return { ...decodeEvent(payload), id: '', cpId: '' };
  }

  const calls: fc.Arbitrary<Call[]> = fc
    .array(
      fc.constantFrom('ocpp1.6' as const, 'ocpp2.0.1' as const).chain((protocol) =>
        fc.array(
          fc.record({
            protocol: fc.constant(protocol),
            effects: fc.array(anyEffect[protocol], { minLength: 1, maxLength: 3 }),
          }),
          { maxLength: 6 },
        ),
      ),
      { minLength: 2, maxLength: 15 },
    )
    .map((stations) => stations.flatMap((own, index) => own.map((call) => ({ cpId: `CP-${index}`, ...call }))));

  it('end in the same rows and tell the same, in the same order, as one by one', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 2, max: 60 }), async (all, batch) => {
        const one = effects(batch);
        const run = async (name: string, together: boolean) => {
          const outcomes: string[] = [];
          const begin = async ({ cpId, protocol, effects: own }: Call, index: number): Promise<void> => {
            const committed = one.commit({ cpId: `${name}/${cpId}`, protocol }, own, now);
            outcomes[index] = await committed.then(
              () => 'committed',
              (error: Error) => error.name,
            );
          };
          if (together) await Promise.all(all.map(begin));
          else for (const [index, call] of all.entries()) await begin(call, index);
          return { outcomes, ...(await written(name)) };
        };
        const name = `run-${(runs += 1)}`;
        expect(await run(`${name}-together`, true)).toEqual(await run(`${name}-apart`, false));
      }),
      { numRuns: 40 },
    );
    expect(Math.max(...batches)).toBeGreaterThan(5);
  }, 120_000);

  it('fail for the one alone whose row Postgres refuses, of fifty', async () => {
    const refused = { ...status, time: { at: new Date(NaN) } };
    expect(failed(await atOnce(50, (charger) => (charger === 13 ? refused : status)))).toEqual([[13, 'error']]);
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(50);
    expect(batches.length).toBeLessThan(5);
    const others = numbers(50).filter((charger) => charger !== 13);
    expect(await chargersIn('connectors')).toEqual(others);
    expect(await chargersIn('outbox')).toEqual(others);
  });

  it('tell only the one whose facts are stale that they are', async () => {
    const start = (transactionId: string): Effect => ({
      kind: 'transactionStarted',
      transactionId,
      evseId: 1,
      connectorId: 1,
      naturalKey: { connectorId: 1, idTag: 'Tag', timestamp: '2026-04-02T10:00:00Z', meterStart: 0 },
      samples: [],
      time: { at: now },
    });
    await commit('CP-7', start('1'));
    expect(failed(await atOnce(20, (charger) => start(String(100 + charger))))).toEqual([[7, 'StaleFactsError']]);
    expect(await chargersIn('transactions')).toEqual(numbers(20));
  });

  it('are answered to nobody of a transaction whose connection is cut, and are written when they come again', async () => {
    const held = Promise.withResolvers<void>();
    const holding = Promise.withResolvers<void>();
    const holder = plane.database.transaction(async (connection) => {
      await sqlOf(connection).query(`INSERT INTO charge_points (cp_id, protocol) VALUES ('CP-5', 'ocpp1.6')`);
      holding.resolve();
      await held.promise;
      throw new Error('let go');
    });
    await holding.promise;
    const boot: Effect = {
      kind: 'stationBooted',
      vendor: 'ACME',
      model: 'M',
      registration: { status: 'Accepted', intervalSeconds: 60 },
    };
    // A boot that has to read its station's transactions first would come at whatever time that takes.
    await Promise.all(numbers(20).map((charger) => transactions.running(`CP-${charger}`, 1)));
    const results = atOnce(20, () => boot);
    await cutWhoWaits();
    const dead = failed(await results).map(([charger]) => charger);
    const alive = numbers(20).filter((charger) => !dead.includes(charger));
    expect(dead).toContain(5);
    expect(alive).toContain(0);
    expect(await chargersIn('charge_points')).toEqual(alive);
    expect(await chargersIn('outbox')).toEqual(alive);
    held.resolve();
    await expect(holder).rejects.toThrow('let go');
    expect(failed(await atOnce(20, (charger) => (dead.includes(charger) ? boot : status)))).toEqual([]);
    expect(await chargersIn('charge_points')).toEqual(numbers(20));
    expect((await chargersIn('outbox')).filter((charger) => dead.includes(charger))).toEqual(dead);
  });

  /** Cuts the connection whose statement waits for a lock. */
  async function cutWhoWaits(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const [cut] = await sqlOf(plane.database).query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (cut) return;
      await sleep(20);
    }
    throw new Error('nothing waits for a lock');
  }
});
