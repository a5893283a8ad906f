import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { Outbox, type Database, type OutboxEntry, type Sql } from '@ocpp-gw/persistence';
import { Commit, type RelayedLane } from './commit.ts';
import { Effects } from './effects.ts';
import { OutboxFullError } from './errors.ts';
import { StationRecorder } from './station.ts';

const station = { cpId: 'CP-1', protocol: 'ocpp1.6' };
const now = new Date('2026-01-01T12:00:00Z');
const meterValues: Effect = { kind: 'meterValues', evseId: 1, connectorId: 1, samples: [], time: { at: now } };
const status: Effect = { kind: 'connectorStatus', evseId: 1, connectorId: 1, status: 'Available', time: { at: now } };

/** Of the one status in a transaction. */
const NEWS = { position: 0, receivedAt: now };

/** Answers every statement with `rows`, and remembers what was asked in what transaction. */
function setUp(rows: object[] = []) {
  const statements: { text: string; inTransaction: boolean }[] = [];
  const nudged: RelayedLane[] = [];
  const appended: OutboxEntry[] = [];
  const sql = (inTransaction: boolean): Sql => ({
    query: (text) => {
      statements.push({ text, inTransaction });
      return Promise.resolve(rows as never[]);
    },
  });
  const database = { ...sql(false), transaction: (work: (inner: Sql) => unknown) => work(sql(true)) } as Database;
  class RecordingOutbox extends Outbox {
    override append(entries: readonly OutboxEntry[], inner?: Sql) {
      appended.push(...entries);
      return super.append(entries, inner);
    }
  }
  const outbox = new RecordingOutbox(database);
  const commit = new Commit({ database, outbox, onCommitted: (lane) => nudged.push(lane) });
  return { commit, statements, nudged, appended };
}

describe('Effects', () => {
  const effects = (commit: Commit, backend = true) => new Effects({ commit, pod: 'pod-1', backend });

  it('touches nothing when there is nothing to commit', async () => {
    const { commit, statements, nudged } = setUp();
    await effects(commit).commit(station, [], now);
    expect([statements, nudged]).toEqual([[], []]);
  });

  it('commits nothing that must leave where the outbox is full, and what tells nobody all the same', async () => {
    const { commit, statements } = setUp();
    const full = new OutboxFullError(1);
    const limit = {
      check: () => {
        throw full;
      },
    };
    const sut = new Effects({ commit, pod: 'pod-1', backend: true, limit });
    for (const effects of [[meterValues], [{ kind: 'localListVersion', version: 1 } as const, status]])
      await expect(sut.commit(station, effects, now)).rejects.toBe(full);
    expect(statements).toEqual([]);
    await sut.commit(station, [{ kind: 'localListVersion', version: 1 }], now);
    expect(statements.length).toBeGreaterThan(0);
  });

  it('commits what only tells in one statement of its own', async () => {
    const { commit, statements, nudged } = setUp();
    await effects(commit).commit(station, [meterValues], now);
    expect(statements).toMatchObject([{ text: expect.stringContaining('INSERT INTO outbox'), inTransaction: false }]);
    expect(nudged).toEqual(['kafka']);
  });

  it('commits rows and what tells of them together', async () => {
    const { commit, statements, appended } = setUp([NEWS]);
    await effects(commit).commit(station, [status, meterValues], now);
    expect(statements).toMatchObject([
      { text: expect.stringContaining('INSERT INTO latest_notifications'), inTransaction: true },
      { text: expect.stringContaining('INSERT INTO connectors'), inTransaction: true },
      { text: expect.stringContaining('INSERT INTO outbox'), inTransaction: true },
    ]);
    expect(appended.map((entry) => entry.destination)).toEqual([TOPICS.status, TOPICS.meter]);
  });

  it('commits what many chargers said meanwhile in one transaction', async () => {
    const { commit, statements, appended } = setUp([NEWS]);
    const sut = effects(commit);
    const said = [status, meterValues, meterValues, status, meterValues];
    await Promise.all(said.map((effect, index) => sut.commit({ ...station, cpId: `CP-${index}` }, [effect], now)));
    const count = (table: string) => statements.filter(({ text }) => text.startsWith(`INSERT INTO ${table}`)).length;
    expect([count('connectors'), count('outbox')]).toEqual([2, 3]);
    expect(appended.slice(-3).map(({ cpId }) => cpId)).toEqual(['CP-2', 'CP-3', 'CP-4']);
  });

  it('asks for nothing besides when an event of a transaction brings nothing else with it', async () => {
    const { commit, statements } = setUp([{ position: 0, state: 'active', seenSeqNos: '{[0,2)}' }]);
    const update: Effect = {
      kind: 'transactionUpdated',
      transactionId: 'tx',
      seqNo: 1,
      evseId: 1,
      connectorId: 1,
      samples: [],
      time: { at: now },
    };
    await effects(commit).commit(station, [update], now);
    expect(statements).toMatchObject([
      { text: expect.stringContaining('INSERT INTO transactions') },
      { text: expect.stringContaining('INSERT INTO outbox') },
    ]);
  });

  it('tells nobody of what the rows know already', async () => {
    const { commit, appended, nudged } = setUp();
    const stop: Effect = {
      kind: 'transactionEnded',
      transactionId: '1',
      evseId: 1,
      connectorId: 1,
      reason: 'Local',
      samples: [],
      time: { at: now },
    };
    await effects(commit).commit(station, [stop], now);
    expect([appended, nudged]).toEqual([[], []]);
  });

  it('nudges nobody when the commit fails', async () => {
    const { commit, nudged } = setUp();
    await expect(commit.withRows(() => Promise.reject(new Error('postgres away')))).rejects.toThrow('postgres away');
    expect(nudged).toEqual([]);
  });
});

describe('StationRecorder', () => {
  it('tells of a connection and its end with their row, of commands without', async () => {
    const { commit, statements, appended } = setUp();
    const sut = new StationRecorder({ commit, pod: 'pod-1' });
    const connection = { connectionId: 'c1', remoteAddress: '10.0.0.1', lastSeen: now };
    await sut.recordConnection('CP-1', 'ocpp1.6', { ...connection, connected: true }, now);
    await sut.recordConnection('CP-1', 'ocpp1.6', { ...connection, connected: false, closeCode: 1006 }, now);
    await sut.recordCommand(
      'CP-1',
      'ocpp1.6',
      { requestId: 'r', action: 'Reset', outcome: 'result', status: 'Accepted' },
      now,
    );
    expect(appended.map((entry) => entry.destination)).toEqual([TOPICS.connection, TOPICS.connection, TOPICS.command]);
    expect(statements.map(({ inTransaction }) => inTransaction)).toEqual([true, true, true, true, true, false]);
  });
});
