import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { Outbox, type OutboxEntry, type OutboxPlace } from '@ocpp-gw/persistence';
import { fakeDatabase } from '@ocpp-gw/persistence/testing';
import { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import { Commit } from './commit.ts';
import { Effects } from './effects.ts';
import { OutboxFullError } from './errors.ts';
import { StationRecorder } from './station.ts';
import { StationTransactions } from './transactions/station-transactions.ts';

const station = { cpId: 'CP-1', protocol: 'ocpp1.6' };
const now = new Date('2026-01-01T12:00:00Z');
const meterValues: Effect = { kind: 'meterValues', evseId: 1, connectorId: 1, samples: [], time: { at: now } };
const status: Effect = { kind: 'connectorStatus', evseId: 1, connectorId: 1, status: 'Charging', time: { at: now } };

/** What Postgres says of entries it was given. */
const PLACE: OutboxPlace = { lane: 'kafka', shard: 3 };

/** Of the one status in a transaction. */
const NEWS = { position: 0, receivedAt: now };

/** Writes whatever ledger it is given, knows no transaction, and remembers what was asked in what transaction. */
function setUp() {
  const statements: { text: string; inTransaction: boolean }[] = [];
  const committed: OutboxPlace[] = [];
  const appended: OutboxEntry[] = [];
  const database = fakeDatabase((text, [json], inTransaction) => {
    statements.push({ text, inTransaction });
    if (text.startsWith('WITH station AS')) return JSON.parse(String(json)) as object[];
    if (text.includes('INSERT INTO outbox')) return [PLACE];
    if (text.includes(' open_connections ')) return [{ connectionId: 'c1' }];
    return text.includes('INSERT INTO latest_notifications') ? [NEWS] : [];
  });
  class RecordingOutbox extends Outbox {
    override appending(entries: readonly OutboxEntry[]) {
      appended.push(...entries);
      return super.appending(entries);
    }
  }
  const outbox = new RecordingOutbox(database);
  const commit = new Commit({ database, outbox, onCommitted: (places) => committed.push(...places) });
  const transactions = new StationTransactions(new TransactionLedgers(database));
  return { commit, transactions, statements, committed, appended };
}

describe('Effects', () => {
  const effects = (parts: Pick<ReturnType<typeof setUp>, 'commit' | 'transactions'>) =>
    new Effects({ commit: parts.commit, transactions: parts.transactions, pod: 'pod-1', backend: true });

  it('touches nothing when there is nothing to commit', async () => {
    const { statements, committed, ...parts } = setUp();
    expect(await effects(parts).commit(station, [], now)).toEqual({
      ...{ outcomes: [], doubtful: [], changed: 0, remoteStarts: [] },
    });
    expect([statements, committed]).toEqual([[], []]);
  });

  it('commits nothing that must leave where the outbox is full, and what tells nobody all the same', async () => {
    const { commit, transactions, statements } = setUp();
    const full = new OutboxFullError(1);
    const limit = {
      check: () => {
        throw full;
      },
    };
    const sut = new Effects({ commit, transactions, pod: 'pod-1', backend: true, limit });
    for (const effects of [[meterValues], [{ kind: 'localListVersion', version: 1 } as const, status]])
      await expect(sut.commit(station, effects, now)).rejects.toBe(full);
    expect(statements).toEqual([]);
    await sut.commit(station, [{ kind: 'localListVersion', version: 1 }], now);
    expect(statements.length).toBeGreaterThan(0);
  });

  it('commits what only tells in one statement of its own', async () => {
    const { statements, committed, ...parts } = setUp();
    await effects(parts).commit(station, [meterValues], now);
    expect(statements).toMatchObject([{ text: expect.stringContaining('INSERT INTO outbox'), inTransaction: false }]);
    expect(committed).toEqual([PLACE]);
  });

  it('commits rows and what tells of them together', async () => {
    const { statements, appended, ...parts } = setUp();
    await effects(parts).commit(station, [status, meterValues], now);
    expect(statements).toMatchObject([
      { text: expect.stringContaining('INSERT INTO latest_notifications'), inTransaction: true },
      { text: expect.stringContaining('INSERT INTO connectors'), inTransaction: true },
      { text: expect.stringContaining('INSERT INTO outbox'), inTransaction: true },
    ]);
    expect(appended.map((entry) => entry.destination)).toEqual([TOPICS.status, TOPICS.meter]);
  });

  it('commits what many chargers said meanwhile in one transaction', async () => {
    const { statements, appended, ...parts } = setUp();
    const sut = effects(parts);
    const said = [status, meterValues, meterValues, status, meterValues];
    await Promise.all(said.map((effect, index) => sut.commit({ ...station, cpId: `CP-${index}` }, [effect], now)));
    const count = (table: string) =>
      statements.filter(({ text }) => new RegExp(`INSERT INTO ${table}\\b`).test(text)).length;
    expect(count('outbox')).toBeLessThan(said.length);
    expect(count('connectors')).toBeLessThanOrEqual(2);
    expect(new Set(appended.map(({ cpId }) => cpId)).size).toBe(said.length);
  });

  describe('of a transaction', () => {
    const event = { transactionId: 'tx', evseId: 1, connectorId: 1, samples: [], time: { at: now } };
    const started: Effect = { ...event, kind: 'transactionStarted', seqNo: 0 };
    const updated: Effect = { ...event, kind: 'transactionUpdated', seqNo: 1 };
    const ended: Effect = { ...event, kind: 'transactionEnded', seqNo: 3, reason: 'Local' };

    it('asks for nothing besides when an event brings nothing else with it', async () => {
      const { statements, ...parts } = setUp();
      const sut = effects(parts);
      await sut.commit(station, [started], now);
      statements.length = 0;
      await sut.commit(station, [updated], now);
      expect(statements).toMatchObject([
        { text: expect.stringContaining('INSERT INTO transactions'), inTransaction: true },
        { text: expect.stringContaining('INSERT INTO outbox'), inTransaction: true },
      ]);
    });

    it('says which transactions the messages mean', async () => {
      const sut = effects(setUp());
      const { outcomes } = await sut.commit(station, [started, updated, status], now);
      expect(outcomes).toEqual([
        { is: 'new', transactionId: 'tx', reused: false },
        { is: 'this', transactionId: 'tx' },
      ]);
    });

    it('writes nothing and tells nobody of what is known already', async () => {
      const { statements, appended, committed, ...parts } = setUp();
      const sut = effects(parts);
      await sut.commit(station, [started], now);
      statements.length = appended.length = committed.length = 0;
      const { outcomes } = await sut.commit(station, [started], now);
      expect(outcomes).toEqual([{ is: 'repetition', transactionId: 'tx' }]);
      expect([appended, committed]).toEqual([[], []]);
      expect(statements.filter(({ text }) => !text.startsWith('INSERT INTO outbox'))).toEqual([]);
    });

    const free: Effect = { ...status, status: 'Available' };
    const boot: Effect = {
      kind: 'stationBooted',
      vendor: 'V',
      model: 'M',
      registration: { status: 'Accepted', intervalSeconds: 60 },
    };

    it.each<[string, Effect[], string[]]>([
      ['it runs, and the station has booted', [started, boot], ['tx']],
      ['it runs, and its connector is free: its end is on its way', [started, free], []],
      ['it runs, and its connector charges', [started, status], []],
      ['it has ended with a gap', [started, ended], ['tx']],
      ['it has ended without a start', [ended], ['tx']],
      ['it runs', [started, updated], []],
      ['it has ended', [started, updated, { ...ended, seqNo: 2 }], []],
      ['it has ended, and the station has booted', [started, { ...ended, seqNo: 1 }, boot], []],
      ['another station has none', [boot], []],
    ])('has the station asked about it, or not, where %s: %j', async (_what, said, doubtful) => {
      const sut = effects(setUp());
      for (const effect of said.slice(0, -1)) await sut.commit(station, [effect], now);
      expect(await sut.commit(station, said.slice(-1), now)).toMatchObject({ doubtful });
    });

    it('has nobody asked about it where the gateway numbers it', async () => {
      const sut = effects(setUp());
      await sut.commit(station, [{ ...started, seqNo: undefined, transactionId: '1' } as Effect], now);
      expect(await sut.commit(station, [boot], now)).toMatchObject({ doubtful: [] });
    });
  });

  it('announces nothing when the commit fails', async () => {
    const { commit, committed } = setUp();
    await expect(commit.withRows(() => Promise.reject(new Error('postgres away')))).rejects.toThrow('postgres away');
    expect(committed).toEqual([]);
  });
});

describe('StationRecorder', () => {
  it('tells of connections and commands with their rows', async () => {
    const { commit, statements, appended } = setUp();
    const sut = new StationRecorder({ commit, pod: 'pod-1', instanceId: 'i-1' });
    const connection = { connectionId: 'c1', remoteAddress: '10.0.0.1', beganAt: now, lastSeen: now };
    await sut.recordConnection('CP-1', 'ocpp1.6', { ...connection, connected: true }, now);
    await sut.recordConnection('CP-1', 'ocpp1.6', { ...connection, connected: false, closeCode: 1006 }, now);
    await sut.recordCommand(
      'CP-1',
      'ocpp1.6',
      {
        commandId: 'c',
        action: 'Reset',
        outcome: { kind: 'result', action: 'Reset', payload: {}, status: 'Accepted' },
        late: false,
      },
      now,
    );
    expect(appended.map((entry) => entry.destination)).toEqual([TOPICS.connection, TOPICS.connection, TOPICS.command]);
    expect(statements.map(({ inTransaction }) => inTransaction)).toEqual(statements.map(() => true));
    expect(statements).toHaveLength(9);
  });
});
