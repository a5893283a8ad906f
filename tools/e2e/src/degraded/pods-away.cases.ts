import { expect, it } from '@jest/globals';
import { FakeCharger } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until.ts';
import { rest, type Stack } from '../stack.ts';
import { charging, obedient, start, startOf, stop } from './charging.ts';
import { outboxRows, reset } from './observer.ts';

export function podsAwaySuite(stack: () => Stack): void {
  const again = async (edge: 0 | 1, cpId: string): Promise<FakeCharger> =>
    obedient(await FakeCharger.connect({ url: stack().edgeUrls[edge], cpId }));

  it('one pod of two killed: its chargers go on at the other without a boot, and nothing it took is lost', async () => {
    const { edges, edgeUrls } = stack();
    const orphan = await charging(edgeUrls[0], 'POD-ORPHAN');
    const neighbour = await charging(edgeUrls[1], 'POD-NEIGHBOUR');
    const request = startOf(100);
    const transactionId = await start(orphan, request);
    await edges[0].stop('SIGKILL');
    expect(await orphan.closed).toMatchObject({ code: 1006 });

    expect(await reset(stack(), 'POD-ORPHAN')).toMatchObject({ status: 409 });
    expect(await reset(stack(), 'POD-NEIGHBOUR')).toMatchObject({ status: 200 });
    const moved = await again(1, 'POD-ORPHAN');
    // It cannot know whether its start was answered: the same start has the same answer.
    expect(await start(moved, request)).toBe(transactionId);
    expect(await stop(moved, transactionId)).toBeDefined();
    expect(await reset(stack(), 'POD-ORPHAN')).toMatchObject({ status: 200, body: { status: 'Accepted' } });
    expect(await rest(stack(), 'GET', '/transactions?cp_id=POD-ORPHAN')).toMatchObject({
      body: { items: [{ state: 'ended', meter_start_wh: 100 }] },
    });
    await until('the other pod to carry on both destinations of the outbox', async () => {
      expect([await outboxRows(stack(), 'kafka'), await outboxRows(stack(), 'backend')]).toEqual([0, 0]);
    });
    await edges[0].launch();
    await moved.close();
    await neighbour.close();
  }, 60_000);

  it('one pod of two killed: what it left open is ended once, for chargers that came back and for one that never does', async () => {
    const { edges, edgeUrls, dataPlane } = stack();
    const cpIds = ['LOST-MOVED', 'LOST-RETURNED', 'LOST-NEVER'];
    for (const cpId of cpIds) await (await charging(edgeUrls[0], cpId)).call('Heartbeat');
    const neighbour = await charging(edgeUrls[1], 'LOST-NEIGHBOUR');
    const killedAt = Date.now();
    await edges[0].stop('SIGKILL');
    const moved = await again(1, 'LOST-MOVED');
    await edges[0].launch();
    const returned = await again(0, 'LOST-RETURNED');

    // Three seconds are the life of a lease here; the pod that looks has to be there for as long.
    await until('ClickHouse to know every end', async () => {
      expect(await connectionsOf(stack(), 'LOST-')).toEqual([
        { cp_id: 'LOST-MOVED', opens: 2, lost: 1, open: 1 },
        { cp_id: 'LOST-NEIGHBOUR', opens: 1, lost: 0, open: 1 },
        { cp_id: 'LOST-NEVER', opens: 1, lost: 1, open: 0 },
        { cp_id: 'LOST-RETURNED', opens: 2, lost: 1, open: 1 },
      ]);
    });
    expect(Date.now() - killedAt).toBeLessThan(25_000);
    const online = await Promise.all(
      ['MOVED', 'RETURNED', 'NEVER', 'NEIGHBOUR'].map(async (name) => {
        const { body } = await rest(stack(), 'GET', `/charge-points/LOST-${name}`);
        return body['online'];
      }),
    );
    expect(online).toEqual([true, true, false, true]);

    // An emptied registry says nothing of connections: they end when their pods say so.
    await dataPlane.kill('redis');
    await dataPlane.start('redis');
    await moved.close();
    await until('the end that the pod wrote itself', async () => {
      expect(await connectionsOf(stack(), 'LOST-M')).toEqual([{ cp_id: 'LOST-MOVED', opens: 2, lost: 1, open: 0 }]);
    });
    await sleep(7_000);
    expect(await connectionsOf(stack(), 'LOST-')).toMatchObject([
      { lost: 1, open: 0 },
      { lost: 0, open: 1 },
      { lost: 1, open: 0 },
      { lost: 1, open: 1 },
    ]);
    await returned.close();
    await neighbour.close();
  }, 90_000);

  it('all pods restarted: chargers are seen off with 1001, and go on where they were', async () => {
    const { edges, edgeUrls } = stack();
    const cpIds = ['ALL-0', 'ALL-1', 'ALL-2', 'ALL-3'];
    const before = await Promise.all(cpIds.map((cpId, n) => charging(edgeUrls[n % 2 ? 1 : 0], cpId)));
    const requests = cpIds.map((_, n) => startOf(n * 10));
    const transactions = await Promise.all(before.map((charger, n) => start(charger, requests[n])));
    expect(await Promise.all(edges.map((edge) => edge.stop()))).toEqual([0, 0]);
    const closes = await Promise.all(before.map(({ closed }) => closed));
    expect(closes.map(({ code }) => code)).toEqual([1001, 1001, 1001, 1001]);
    expect(await reset(stack(), 'ALL-0')).toMatchObject({ status: 409 });

    await Promise.all(edges.map((edge) => edge.launch()));
    const after = await Promise.all(cpIds.map((cpId, n) => again(n % 2 ? 0 : 1, cpId)));
    expect(await Promise.all(after.map((charger, n) => start(charger, requests[n])))).toEqual(transactions);
    await Promise.all(after.map((charger, n) => stop(charger, transactions[n] ?? NaN)));
    for (const cpId of cpIds) {
      expect(await reset(stack(), cpId)).toMatchObject({ status: 200, body: { status: 'Accepted' } });
      const { body } = await rest(stack(), 'GET', `/transactions?cp_id=${cpId}`);
      expect(body['items']).toEqual([expect.objectContaining({ state: 'ended' })]);
    }
    await Promise.all(after.map((charger) => charger.close()));
  }, 60_000);
}

/** How many connections of each charger began, were ended for a lost pod, and are open, as ClickHouse has them. */
async function connectionsOf({ clickhouse }: Stack, prefix: string): Promise<unknown[]> {
  const result = await clickhouse.query({
    query: `SELECT cp_id, toUInt32(sum(connected)) AS opens, toUInt32(sum(reason = 'pod_lost')) AS lost,
        toUInt32(opens - sum(NOT connected)) AS open
      FROM (SELECT * FROM connections FINAL) WHERE startsWith(cp_id, {prefix:String})
      GROUP BY cp_id ORDER BY cp_id`,
    query_params: { prefix },
    format: 'JSONEachRow',
  });
  return result.json();
}
