import { expect } from '@jest/globals';
import { Pool } from 'pg';
import type { Payload } from '../octt-station.ts';
import { until } from '../until.ts';
import { rest, type Stack } from '../stack.ts';
import { inBackend, inClickHouse, inWebhooks, type Sessions } from './receivers.ts';

/** An answered message is in REST at once; only what the gateway asks or waits for takes longer. */
const LONGEST_WAIT_MS = 10_000;
/** Consumers that share a busy machine with everything else. */
const CONSUMERS_WAIT_MS = 45_000;

/** The receivers of a session besides REST, and the fields that must be equal to those of REST. */
const FACTS = ['state', 'id_token', 'meter_start_wh', 'remote_start_id', 'reservation_id'];
const FACTS_OF_END = [
  'meter_stop_wh',
  'energy_wh',
  'energy_reason',
  'end_inferred',
  'unassigned_reason',
  'assigned_to',
  'stop_reason',
  'started_at',
];
const CLICKHOUSE_FACTS = ['state', 'energy_wh', 'energy_reason', 'meter_stop_wh', 'id_token', 'remote_start_id'];

/** Reads a charge point's sessions from every receiver, and checks that all of them have the same. */
export class Downstream {
  readonly #stack: Stack;
  readonly #postgres: Pool;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#postgres = new Pool({ connectionString: stack.dataPlane.postgresUrl, max: 4 });
  }

  async stop(): Promise<void> {
    await this.#postgres.end();
  }

  /** GET /transactions of the charge point, with further filters. */
  async rest(cpId: string, filters = ''): Promise<Payload[]> {
    const path = `/transactions?limit=500&cp_id=${encodeURIComponent(cpId)}${filters}`;
    const answer = await rest(this.#stack, 'GET', path);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body['items'] as Payload[];
  }

  /**
   * The charge point's sessions are these and no others, in any order, each with at least the given fields of REST; and the
   * backend (by its highest revision), the webhooks and ClickHouse say the same of each. Waits until it is so.
   * @returns the sessions as REST has them, in the order of `expected`
   */
  async holds(cpId: string, expected: readonly Payload[]): Promise<Payload[]> {
    const settled = async (): Promise<Payload[]> => pair(await this.rest(cpId), expected);
    const rows = await until(`the sessions of ${cpId} at REST`, settled, LONGEST_WAIT_MS);
    await this.agree(cpId);
    // What had come since.
    pair(await this.rest(cpId), expected);
    return rows;
  }

  /** Backend, webhooks and ClickHouse say of every session of the charge point what REST says. */
  async agree(cpId: string): Promise<void> {
    await this.#left(cpId);
    const sessions = await this.rest(cpId);
    const fetched = (): Sessions => inBackend(this.#stack.backend, cpId);
    const called = async (): Promise<void> => compare('backend', sessions, fetched(), FACTS);
    await until(`the backend to agree on ${cpId}`, called, CONSUMERS_WAIT_MS);
    const hooked = (): Sessions => inWebhooks(this.#stack.backend, cpId);
    const posted = async (): Promise<void> => compare('webhooks', sessions, hooked(), FACTS);
    await until(`the webhooks to agree on ${cpId}`, posted, CONSUMERS_WAIT_MS);
    const viewed = async (): Promise<void> =>
      compare('clickhouse', sessions, await inClickHouse(this.#stack.clickhouse, cpId), CLICKHOUSE_FACTS);
    await until(`ClickHouse to agree on ${cpId}`, viewed, CONSUMERS_WAIT_MS);
    compare('webhooks', sessions, hooked(), FACTS);
  }

  /** The calls of a session that the backend received, oldest first. */
  calls(cpId: string, transactionId: unknown): { path: string; data: Payload }[] {
    return this.#stack.backend
      .requests({ cp_id: cpId })
      .filter(
        ({ path, data, replayed }) =>
          !replayed && path.includes('/sessions/') && data['transaction_id'] === transactionId,
      )
      .map(({ path, data }) => ({ path: path.slice(path.lastIndexOf('/') + 1), data }));
  }

  /** Nothing of the charge point waits to leave. */
  async #left(cpId: string): Promise<void> {
    await until(`the outbox of ${cpId} to be empty`, async () => {
      const query = `SELECT count(*)::int AS rows FROM outbox WHERE cp_id = $1 AND lane IN ('kafka', 'backend')`;
      const { rows } = await this.#postgres.query<{ rows: number }>(query, [cpId]);
      expect(rows[0]?.rows).toBe(0);
    });
  }
}

/** Each expected session is one row, each row an expected session. @returns the rows in the order of `expected` */
function pair(rows: readonly Payload[], expected: readonly Payload[]): Payload[] {
  const open = [...rows];
  const paired = expected.map((session) => {
    const index = open.findIndex((row) => matches(row, session));
    return index < 0 ? undefined : open.splice(index, 1)[0];
  });
  const whole = open.length === 0 && paired.every((row) => row !== undefined);
  // The comparison that fails shows what there is beside what there should be.
  if (!whole) expect(rows.map((row) => shown(row, expected))).toEqual(expected);
  return paired as Payload[];
}

function matches(row: Payload, session: Payload): boolean {
  try {
    expect(shown(row, [session])).toMatchObject(session);
    return true;
  } catch {
    return false;
  }
}

const shown = (row: Payload, expected: readonly Payload[]): Payload => {
  const names = [...new Set(expected.flatMap((session) => Object.keys(session)))];
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
};

function compare(who: string, sessions: readonly Payload[], known: Sessions, facts: readonly string[]): void {
  const others = new Map(known);
  const right: Payload = {};
  const found: Payload = {};
  for (const session of sessions) {
    const id = String(session['transaction_id']);
    const names =
      session['state'] === 'ended'
        ? [...new Set([...facts, ...(who === 'clickhouse' ? [] : FACTS_OF_END)])]
        : facts.filter((name) => !FACTS_OF_END.includes(name));
    const other = others.get(id);
    right[id] = pick(session, names);
    found[id] = other ? pick(other, names) : 'has nothing';
    others.delete(id);
  }
  for (const [id, other] of others)
    // A stop that has become the end of a transaction is no session any more.
    if ((other['assigned_to'] ?? null) === null) found[id] = 'a session that REST has not';
  expect({ [who]: found }).toEqual({ [who]: right });
}

function pick(session: Payload, names: readonly string[]): Payload {
  return Object.fromEntries(names.map((name) => [name, comparable(session[name])]));
}

/** Absent is null; numbers to a thousandth, as sums of decimals differ in their last digits. */
function comparable(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : (value ?? null);
}
