import { expect, it } from '@jest/globals';
import { FakeCharger, HandshakeRefused } from '@ocpp-gw/testing';
import { until } from '../until.ts';
import { rest, type Stack } from '../stack.ts';
import { charging, session, start, stop } from './charging.ts';
import { reset, throughout } from './observer.ts';

export function enginesAwaySuite(stack: () => Stack): void {
  it('Postgres away: chargers are asked to try again, nobody new gets in, and the retry ends the transaction once', async () => {
    const { dataPlane, edges, edgeUrls } = stack();
    const charger = await charging(edgeUrls[0], 'AWAY-PG');
    const transactionId = await start(charger);
    await dataPlane.kill('postgres');

    await throughout(3, async () => {
      await expect(stop(charger, transactionId)).rejects.toMatchObject({ code: 'InternalError' });
      expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
    });
    const newcomer = FakeCharger.connect({ url: edgeUrls[1], cpId: 'AWAY-PG-NEW' });
    await expect(newcomer).rejects.toMatchObject({ name: HandshakeRefused.name, status: 503 });
    expect(await Promise.all(edges.map((edge) => edge.readiness()))).toEqual([503, 503]);
    expect(await rest(stack(), 'GET', '/transactions')).toMatchObject({
      status: 503,
      body: { dependency: 'postgres' },
    });

    await dataPlane.start('postgres');
    await until('the stop to be taken', () => stop(charger, transactionId));
    expect(await rest(stack(), 'GET', '/transactions?cp_id=AWAY-PG')).toMatchObject({
      status: 200,
      body: { items: [{ state: 'ended', meter_stop_wh: 5000 }] },
    });
    await until('the pods to be ready', async () => {
      expect(await Promise.all(edges.map((edge) => edge.readiness()))).toEqual([200, 200]);
    });
    await until('the session at the backend', async () => {
      const sent = stack()
        .backend.requests({ cp_id: 'AWAY-PG' })
        // What the backend took just before Postgres was gone comes again, under the same idempotency key.
        .filter(({ replayed }) => !replayed)
        .map(({ path }) => path.split('/').at(-1));
      expect(sent.filter((call) => call === 'open' || call === 'close')).toEqual(['open', 'close']);
    });
    await charger.close();
  }, 60_000);

  it('Redis away: sockets stay and sessions go on, commands answer 503, and the registry is rebuilt', async () => {
    const { dataPlane, edges, edgeUrls } = stack();
    const chargers = [
      await charging(edgeUrls[0], 'AWAY-REDIS-A'),
      await charging(edgeUrls[1], 'AWAY-REDIS-B'),
    ] as const;
    await dataPlane.kill('redis');

    await throughout(2, async () => {
      for (const charger of chargers) await session(charger, 'NEVER-CACHED');
      expect(await reset(stack(), 'AWAY-REDIS-A')).toMatchObject({ status: 503, body: { dependency: 'redis' } });
    });
    expect(await rest(stack(), 'GET', '/charge-points/AWAY-REDIS-A')).toMatchObject({
      status: 200,
      body: { online: null },
    });
    const late = await charging(edgeUrls[1], 'AWAY-REDIS-LATE');
    expect(await Promise.all(edges.map((edge) => edge.readiness()))).toEqual([200, 200]);

    await dataPlane.start('redis');
    for (const cpId of ['AWAY-REDIS-A', 'AWAY-REDIS-B', 'AWAY-REDIS-LATE'])
      await until(`commands to reach ${cpId}`, async () => {
        expect(await reset(stack(), cpId)).toMatchObject({ status: 200, body: { status: 'Accepted' } });
      });
    for (const charger of [...chargers, late]) await charger.close();
  }, 60_000);

  it('ClickHouse away: only what is read from it answers 503; Kafka keeps the events until it is back', async () => {
    const { dataPlane, edgeUrls, ingestor, clickhouse } = stack();
    const charger = await charging(edgeUrls[0], 'AWAY-CH');
    await dataPlane.kill('clickhouse');

    const transactionId = await session(charger);
    expect(await rest(stack(), 'GET', '/charge-points/AWAY-CH/meter-values')).toMatchObject({
      status: 503,
      body: { dependency: 'clickhouse' },
    });
    expect(await rest(stack(), 'GET', '/transactions?cp_id=AWAY-CH')).toMatchObject({
      status: 200,
      body: { items: [{ transaction_id: transactionId, state: 'ended' }] },
    });
    expect(await reset(stack(), 'AWAY-CH')).toMatchObject({ status: 200 });
    await until('failed inserts in the metrics', async () => {
      expect(await ingestor.metric('eveys_ocpp_ingestor_insert_failures_total')).toBeGreaterThan(0);
    });

    await dataPlane.start('clickhouse');
    await until('the sample in ClickHouse, once', async () => {
      const result = await clickhouse.query({
        query: `SELECT value, transaction_id FROM meter_samples FINAL WHERE cp_id = 'AWAY-CH'`,
        format: 'JSONEachRow',
      });
      expect(await result.json()).toEqual([{ value: 2500, transaction_id: transactionId }]);
    });
    await charger.close();
  }, 60_000);
}
