import { afterEach, describe, expect, it } from '@jest/globals';
import type { CommandEnvelope, CommandOutcome } from '@ocpp-gw/contracts';
import { eventually } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandEnd, ConnectionChange } from '../effects/index.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { ConnectionLog } from './connection-log.ts';
import { TestEdge } from './testdata/edge.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

async function start(isAway = false) {
  const postgres = { isAway };
  const changes: ConnectionChange[] = [];
  const results: CommandEnd[] = [];
  const sent: string[][] = [];
  const heard: [string, Date][] = [];
  const logger = recordingLogger();
  const write = async (keep: () => void): Promise<void> => {
    await sleep(5);
    if (postgres.isAway) throw new Error('database down');
    keep();
  };
  const sut = new ConnectionLog(
    {
      recordConnection: (_cpId, _protocol, change) => write(() => changes.push(change)),
      recordHeard: (connectionId, at) => write(() => heard.push([connectionId, at])),
      recordCommand: (_cpId, _protocol, result) => write(() => results.push(result)),
      recordSent: (commandId, action) => write(() => sent.push([commandId, action])),
    },
    logger,
  );
  edge = await TestEdge.start();
  edge.sessions.subscribe(sut);
  return { sut, postgres, changes, results, sent, heard, logger, edge };
}

describe(ConnectionLog.name, () => {
  it("tells of a charger's connections in their order", async () => {
    const { sut, changes, edge: running } = await start();
    const older = await running.connect('CP1');
    const newer = await running.connect('CP1');
    await older.closed;
    await newer.wire.close(1000, 'bye');
    await eventually(() => changes.length === 4);
    await sut.flush();
    expect(changes.map(({ connected }) => connected)).toEqual([true, false, true, false]);
    expect(changes[0]).toMatchObject({ remoteAddress: '127.0.0.1' });
    expect(changes[1]?.connectionId).toBe(changes[0]?.connectionId);
    expect(changes[3]).toMatchObject({ closeCode: 1000, reason: 'bye' });
  });

  it('F19 tells when a charger was heard last: its close too, but not the silence before a link broke', async () => {
    const { changes, edge: running } = await start();
    for (const end of ['close', 'break'] as const) {
      const charger = await running.connect('CP1');
      await charger.call('1', 'Heartbeat');
      const { length } = changes;
      const heard = Date.now();
      await sleep(80);
      if (end === 'close') await charger.wire.close(1000, 'bye');
      else charger.wire.terminate();
      await eventually(() => changes.length > length);
      const silence = Number(changes.at(-1)?.lastSeen) - heard;
      if (end === 'close') expect(silence).toBeGreaterThan(60);
      else expect(silence).toBeLessThan(60);
    }
  });

  it('tells when a command left and how it ended', async () => {
    const { sut, results, sent, edge: running } = await start();
    await running.connect('CP1');
    const session = running.sessions.get('CP1');
    if (!session) throw new Error('no session');
    const envelope: CommandEnvelope = {
      ...{ v: 1, type: 'command', requestId: 'r1', cpId: 'CP1', deadline: 0, command: { kind: 'ClearCache' } },
      origin: { requestId: 'rest-1', caller: 'ops' },
    };
    const outcome: CommandOutcome = { kind: 'timeout', action: 'Reset' };
    const sentAt = new Date();
    sut.sent(session, envelope, 'Reset', sentAt);
    expect(await sut.command(session, envelope, { action: 'Reset', outcome, sentAt })).toBe(true);
    expect(sent).toEqual([['r1', 'Reset']]);
    const { origin } = envelope;
    expect(results).toEqual([{ commandId: 'r1', action: 'Reset', outcome, late: false, sentAt, origin }]);
  });

  it('refuses nobody because it cannot write', async () => {
    const { sut, logger, edge: running } = await start(true);
    const charger = await running.connect('CP1');
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    await sut.flush();
    expect(logger.lines).toContainEqual(expect.objectContaining({ message: 'history of the charger not written' }));
  });

  it('writes what could not be written once Postgres is back: connections that are open, and the ends of others', async () => {
    const { sut, postgres, changes, logger, edge: running } = await start();
    const left = await running.connect('CP1');
    await sut.flush();
    const [{ connectionId = '' } = {}] = changes;
    postgres.isAway = true;
    await left.wire.close(1000, 'bye');
    await running.connect('CP2');
    const failed = () => logger.lines.filter(({ message }) => message === 'history of the charger not written');
    await eventually(() => failed().length === 2);
    expect(changes).toHaveLength(1);
    postgres.isAway = false;
    sut.reconcile(running.sessions.all(), [connectionId]);
    await sut.flush();
    expect(changes.slice(1)).toMatchObject([
      { connected: true, at: expect.any(Date) },
      { connected: false, connectionId, reason: 'bye' },
    ]);
  });

  it('tells when the owner of a displaced connection had heard of the charger', async () => {
    const { sut, heard } = await start();
    const at = new Date();
    sut.displaced('CP1', 'c0', at);
    await sut.flush();
    expect(heard).toEqual([['c0', at]]);
  });
});
