import { afterEach, describe, expect, it } from '@jest/globals';
import { decodeEvent, TOPICS, type CommandEnvelope, type Event } from '@ocpp-gw/contracts';
import { Outbox, type OutboxEntry } from '@ocpp-gw/persistence';
import { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import { fakeDatabase } from '@ocpp-gw/persistence/testing';
import { CommandExecutor } from './commands/command-executor.ts';
import { Commit, Effects, StationRecorder, StationTransactions } from './effects/index.ts';
import { ConnectionLog } from './session/connection-log.ts';
import { stationCommit } from './session/station-commit.ts';
import { TestEdge } from './session/testdata/edge.ts';

let edge: TestEdge;

afterEach(() => edge.stop());

/** From the command bus to the outbox, on a database that keeps nothing. */
async function start() {
  const appended: OutboxEntry[] = [];
  const database = fakeDatabase(() => []);
  class RecordingOutbox extends Outbox {
    override appending(entries: readonly OutboxEntry[]) {
      appended.push(...entries);
      return super.appending(entries);
    }
  }
  const outbox = new RecordingOutbox(database);
  const commit = new Commit({ database, outbox, onCommitted: () => undefined });
  const transactions = new StationTransactions(new TransactionLedgers(database));
  const effects = new Effects({ commit, transactions, pod: 'pod-1', backend: false });
  edge = await TestEdge.start();
  const log = new ConnectionLog(new StationRecorder({ commit, pod: 'pod-1', instanceId: 'i-1' }), edge.logger);
  const sut = new CommandExecutor({
    session: (cpId) => edge.sessions.get(cpId),
    log,
    take: () => Promise.resolve(true),
    commit: stationCommit(
      effects,
      () => undefined,
      () => undefined,
    ),
    metrics: edge.metrics,
    logger: edge.logger,
  });
  const charger = await edge.connect('CP1', ['ocpp2.0.1']);
  await charger.call('0', 'Heartbeat');
  return async (trace: Pick<CommandEnvelope, 'traceparent'>): Promise<Pick<Event, 'type' | 'traceparent'>[]> => {
    const command = { kind: 'GetBaseReport', ocppRequestId: 1, reportBase: 'FullInventory' } as const;
    const envelope = { v: 1, type: 'command', requestId: 'r', cpId: 'CP1', deadline: Date.now() + 60_000, command };
    const carried = sut.carryOut({ ...envelope, ...trace } as CommandEnvelope);
    const { call } = await charger.next();
    charger.send([3, call, { status: 'EmptyResultSet' }]);
    await carried;
    await log.flush();
    return appended.map(({ payload }) => decodeEvent(payload)).map(({ type, traceparent }) => ({ type, traceparent }));
  };
}

describe('the trace context of a command', () => {
  it("is on the event of its end, and on those of what the charger's answer established", async () => {
    const events = await start();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await events({ traceparent })).toEqual([
      { type: TOPICS.report, traceparent },
      { type: TOPICS.command, traceparent },
    ]);
  });

  it('is not made up where the caller sent none', async () => {
    const events = await start();
    expect(await events({})).toEqual([
      { type: TOPICS.report, traceparent: '' },
      { type: TOPICS.command, traceparent: '' },
    ]);
  });
});
