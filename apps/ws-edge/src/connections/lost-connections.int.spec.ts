import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OnlineEntry } from '@ocpp-gw/contracts';
import { EdgeInstances, Leadership } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { StationRecorder } from '../effects/index.ts';
import { effectsOnPostgres } from '../effects/testdata/on-postgres.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { LostConnections } from './lost-connections.ts';

const TTL_MS = 90_000;
const ago = (seconds: number): Date => new Date(Math.floor(Date.now() / 1000 - seconds) * 1000);

describe(`${LostConnections.name}, on Postgres`, () => {
  const station = effectsOnPostgres('lost-connections', { protocol: 'ocpp1.6' });

  /** A pod that was alive so long ago, and the sweep of another pod. */
  async function start({ aliveAgo = 100, steady = true, openedAgo = 1000 } = {}) {
    const { cpId, database, commit } = station;
    const instances = new EdgeInstances(database);
    const instanceId = randomUUID();
    await instances.beat(instanceId, 'pod-dead');
    await sqlOf(database).query('UPDATE edge_instances SET alive_at = $2 WHERE instance_id = $1', [
      instanceId,
      ago(aliveAgo),
    ]);
    const connectionId = randomUUID();
    const own = new StationRecorder({ commit, pod: 'pod-dead', instanceId });
    const begun = ago(openedAgo);
    const times = { beganAt: begun, at: begun, lastSeen: begun };
    const connection = { connectionId, remoteAddress: '10.0.0.1', ...times };
    const open = () => own.recordConnection(cpId, 'ocpp1.6', { ...connection, connected: true }, new Date());
    await open();
    await station.outgoing();
    const redis = { isAway: false, entries: new Map<string, OnlineEntry>(), seen: new Map<string, number>() };
    const reach = async <Answer>(answer: Answer): Promise<Answer> => {
      if (redis.isAway) throw new Error('redis is away');
      return answer;
    };
    const sut = new LostConnections({
      leadership: new Leadership(database),
      instances,
      registry: { getMany: () => reach(redis.entries), lastSeen: () => reach(redis.seen) },
      recorder: new StationRecorder({ commit, pod: 'pod-2', instanceId: randomUUID() }),
      lease: { steady },
      ttlMs: TTL_MS,
      logger: recordingLogger(),
    });
    const entry = { pod: 'pod-dead', connectionId, protocol: 'ocpp1.6', epoch: 1, since: 0, lastSeen: 0 };
    return { end: () => sut.end(new AbortController().signal), open, own, redis, entry, connectionId, instances };
  }
  const told = async () =>
    (await station.published()).map(({ event: { occurredAt, pod, payload } }) => ({
      at: occurredAt,
      pod,
      ...(payload?.$case === 'connectionChanged' && payload.value),
    }));

  it('ends what a lost pod left open, once, when the charger was heard last, and forgets the pod', async () => {
    const { end, redis, connectionId, instances } = await start();
    redis.seen.set(station.cpId, ago(110).getTime());
    const heard = redis.seen.get(station.cpId);
    await Promise.all([end(), end()]);
    await end();
    const ends = await told();
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({
      connected: false,
      connectionId,
      reason: 'pod_lost',
      pod: 'pod-dead',
    });
    expect(ends[0]?.at?.getTime()).toBe(heard);
    expect(await instances.lost(0, 10)).toEqual([]);
  });

  it.each([
    ['what the newer connection displaced', { heardAgo: 120, seenAgo: 1 }, 120],
    ['the pod, where a newer connection was seen since', { seenAgo: 1 }, 100],
    ['the pod, where Redis is away', { isAway: true }, 100],
    ['the begin, where it is later', { heardAgo: 120, openedAgo: 115 }, 115],
  ])('ends it by %s', async (_what, { heardAgo, seenAgo, isAway = false, openedAgo = 1000 }: Partial<Evidence>, at) => {
    const { end, own, redis, connectionId } = await start({ openedAgo });
    const expected = ago(at).getTime();
    if (heardAgo !== undefined) await own.recordHeard(connectionId, ago(heardAgo));
    if (seenAgo !== undefined) redis.seen.set(station.cpId, ago(seenAgo).getTime());
    redis.isAway = isAway;
    await end();
    const [one] = await told();
    expect(Math.abs(Number(one?.at) - expected)).toBeLessThan(2_000);
  });

  it('ends nothing of a pod that is alive, or while it is not known who is', async () => {
    const alive = await start({ aliveAgo: 80 });
    await alive.end();
    station.another();
    const unsteady = await start({ steady: false });
    await unsteady.end();
    expect(await station.outgoing()).toEqual([]);
  });

  it('ends nothing that Redis says is held: the pod is cut off from Postgres alone', async () => {
    const { end, redis, entry } = await start();
    redis.entries.set(station.cpId, entry);
    await end();
    expect(await station.outgoing()).toEqual([]);
    redis.entries.clear();
    await end();
    expect(await told()).toHaveLength(1);
  });

  it('a pod that was taken for lost opens its connection again', async () => {
    const { end, open } = await start();
    await end();
    await open();
    expect((await told()).map(({ connected }) => connected)).toEqual([false, true]);
  });
});

interface Evidence {
  heardAgo: number;
  seenAgo: number;
  isAway: boolean;
  openedAgo: number;
}
