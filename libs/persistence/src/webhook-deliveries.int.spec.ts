import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { InvalidCursorError } from '@ocpp-gw/contracts';
import { migrate } from './migrations/migrate.ts';
import { WebhookDeliveries, type NewDelivery } from './webhook-deliveries.ts';
import { WebhookDeliveryLog } from './webhook-delivery-log.ts';
import { sqlOf } from './testing.ts';

const DEAD_LETTERS = fileURLToPath(new URL('./dead-letters.ts', import.meta.url));

const RECORDED_AT = new Date('2026-05-01T11:59:00Z');

const delivery = (
  body: string,
  { subscription = 'crm', cpId = 'CP-1', recordedAt = RECORDED_AT } = {},
): NewDelivery => ({
  subscription,
  eventId: randomUUID(),
  eventType: 'a.type',
  cpId,
  body,
  recordedAt,
});

/** Pages of the table and its indexes that were read so far. */
async function readsOf(database: Database): Promise<number> {
  await sqlOf(database).query('SELECT pg_stat_force_next_flush()');
  const [row] = await sqlOf(database).query<{ reads: number }>(
    `SELECT (heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::int AS reads
     FROM pg_statio_user_tables WHERE relname = 'webhook_deliveries'`,
  );
  return row?.reads ?? 0;
}

describe('WebhookDeliveries', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: WebhookDeliveries;
  let log: WebhookDeliveryLog;
  const now = new Date('2026-05-01T12:00:00Z');
  const later = (ms: number) => new Date(now.getTime() + ms);
  const claim = (at = now, limit = 10, subscription = 'crm') =>
    sut.claimDue({ limit, now: at, leaseMs: 30_000, subscription });
  const bodies = (rows: { body: string }[]) => rows.map((row) => row.body);

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-webhooks', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 6, applicationName: 'spec' });
    await database.start();
    sut = new WebhookDeliveries(database);
    log = new WebhookDeliveryLog(database);
  }, 120_000);

  beforeEach(() => sqlOf(database).query('TRUNCATE webhook_deliveries'));

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  it('enqueues an event for a subscription once, however often it comes', async () => {
    const rows = [delivery('one'), delivery('two')];
    expect(await sut.enqueue(rows, now)).toHaveLength(2);
    expect(await sut.enqueue([...rows, delivery('three')], now)).toHaveLength(1);
    expect(await sut.enqueue([], now)).toEqual([]);
    expect((await sut.depth()).pending).toBe(3);
  });

  it('goes by when events were recorded, whichever came first', async () => {
    const earlier = new Date(RECORDED_AT.getTime() - 5);
    await sut.enqueue([delivery('ended')], now);
    await sut.enqueue([delivery('started', { recordedAt: earlier })], now);
    const first = await claim();
    expect(bodies(first)).toEqual(['started']);
    await sut.markDelivered([{ id: first[0]?.id ?? '', status: 200 }]);
    expect(bodies(await claim())).toEqual(['ended']);
  });

  it('hands out in order only what was enqueued before all topics had been read that far', async () => {
    await sut.enqueue([delivery('settled', { cpId: 'A' })], now);
    await sut.enqueue([delivery('fresh', { cpId: 'B' })], later(100));
    const request = { limit: 10, now: later(200), leaseMs: 30_000, subscription: 'crm', settledBefore: later(50) };
    expect(bodies(await sut.claimDue(request))).toEqual(['settled']);
    expect(bodies(await sut.claimDue({ ...request, ordered: false }))).toEqual(['fresh']);
  });

  it('hands out one event a charger and subscription at a time, oldest first', async () => {
    await sut.enqueue(
      [delivery('1'), delivery('2'), delivery('other', { cpId: 'CP-2' }), delivery('x', { subscription: 'erp' })],
      now,
    );
    const first = await claim();
    expect(bodies(first)).toEqual(['1', 'other']);
    expect(bodies(await claim(now, 10, 'erp'))).toEqual(['x']);
    expect(first[0]).toMatchObject({ attempts: 1, subscription: 'crm', cpId: 'CP-1', eventType: 'a.type' });
    expect(await claim()).toEqual([]);
    await sut.markDelivered([{ id: first[0]?.id ?? '', status: 200 }]);
    expect(bodies(await claim())).toEqual(['2']);
  });

  it('hands out the events of a charger side by side to a subscription that opted out of order', async () => {
    await sut.enqueue([delivery('1'), delivery('2')], now);
    const claimed = await sut.claimDue({ limit: 10, now, leaseMs: 30_000, subscription: 'crm', ordered: false });
    expect(bodies(claimed)).toEqual(['1', '2']);
    await sut.markRetry(claimed[0]?.id ?? '', later(60_000), 'away', 503, false);
    const again = { limit: 10, now: later(30_000), leaseMs: 30_000, subscription: 'crm', ordered: false };
    expect(bodies(await sut.claimDue(again))).toEqual(['2']);
  });

  it('reads no more of a long queue than it must, whatever was delivered before', async () => {
    // One connection: its plans are made while the table is empty, and its reads are counted.
    const single = createDatabase({ url: plane.postgresUrl, poolSize: 1, applicationName: 'spec' });
    await single.start();
    const queue = new WebhookDeliveries(single);
    const request = { limit: 8, now, leaseMs: 30_000, subscription: 'crm', settledBefore: later(1_000) };
    const come = (count: number) =>
      queue.enqueue(
        Array.from({ length: count }, (_, n) => delivery(`${n}`, { cpId: `CP-${n % 30}` })),
        now,
      );
    for (let planned = 0; planned < 8; planned += 1) await queue.claimDue(request);
    await come(2_000);
    for (let claimed = await queue.claimDue(request); claimed.length > 0; claimed = await queue.claimDue(request))
      await queue.markDelivered(claimed.map(({ id }) => ({ id, status: 200 })));
    await come(700);
    await queue.claimDue(request);
    const before = await readsOf(single);
    expect(await queue.claimDue(request)).toHaveLength(8);
    const after = await readsOf(single);
    await single.stop();
    expect(after - before).toBeLessThan(1_000);
  });

  it('reads next to nothing of what waits behind others for hours', async () => {
    const single = createDatabase({ url: plane.postgresUrl, poolSize: 1, applicationName: 'spec' });
    await single.start();
    const queue = new WebhookDeliveries(single);
    const request = { limit: 30, now, leaseMs: 30_000, subscription: 'crm', settledBefore: later(1_000) };
    const come = (count: number) =>
      queue.enqueue(
        Array.from({ length: count }, (_, n) => delivery(`${n}`, { cpId: `CP-${n % 30}` })),
        now,
      );
    await come(30);
    for (const { id } of await queue.claimDue(request))
      await queue.markRetry(id, later(3_600_000), 'answered 500', 500);
    await come(3_000);
    const before = await readsOf(single);
    expect(await queue.claimDue(request)).toEqual([]);
    const after = await readsOf(single);
    await single.stop();
    expect(after - before).toBeLessThan(100);
  });

  it('removes what was delivered before a time, and nothing else', async () => {
    await sut.enqueue([delivery('1'), delivery('2', { cpId: 'CP-2' })], now);
    await sut.markDelivered([{ id: (await claim())[0]?.id ?? '', status: 200 }]);
    expect(await sut.deleteDelivered(new Date(0))).toBe(0);
    expect(await sut.deleteDelivered(new Date(Date.now() + 1000))).toBe(1);
    expect((await sut.depth()).pending).toBe(1);
  });

  it('gives no row to two claimers', async () => {
    await sut.enqueue(
      Array.from({ length: 40 }, (_, n) => delivery(`${n}`, { cpId: `CP-${n}` })),
      now,
    );
    const claimed = (await Promise.all(Array.from({ length: 6 }, () => claim(now, 10)))).flat();
    expect(new Set(claimed.map((row) => row.id)).size).toBe(claimed.length);
  });

  it('claims only the subscription asked for', async () => {
    await sut.enqueue([delivery('crm'), delivery('erp', { subscription: 'erp' })], now);
    expect(bodies(await claim(now, 10, 'erp'))).toEqual(['erp']);
  });

  it('hands a claimed row out again when its claimer is silent past the lease', async () => {
    await sut.enqueue([delivery('1')], now);
    await claim();
    expect(await claim(later(29_000))).toEqual([]);
    expect(await claim(later(30_000))).toMatchObject([{ body: '1', attempts: 2 }]);
  });

  it('holds the ones behind a retried event back, and those of nobody else', async () => {
    await sut.enqueue([delivery('1'), delivery('2'), delivery('other', { cpId: 'CP-2' })], now);
    const [head] = await claim(now, 1);
    await sut.markRetry(head?.id ?? '', later(60_000), 'connection refused');
    const [other] = await claim(later(1_000));
    expect(other?.body).toBe('other');
    await sut.markDelivered([{ id: other?.id ?? '', status: 200 }]);
    expect(bodies(await claim(later(59_000)))).toEqual([]);
    expect(bodies(await claim(later(60_000)))).toEqual(['1']);
  });

  it('lets what comes behind one that waits for long wait with it, and nothing else', async () => {
    const at = (ms: number) => ({ recordedAt: new Date(RECORDED_AT.getTime() + ms) });
    await sut.enqueue([delivery('2', at(2))], now);
    const [head] = await claim();
    await sut.markRetry(head?.id ?? '', later(3_600_000), 'answered 500', 500);
    await sut.enqueue(
      [delivery('3', at(3)), { ...delivery('x', { ...at(4), subscription: 'erp' }) }, delivery('y', { cpId: 'CP-2' })],
      later(1_000),
    );
    await sut.enqueue([{ ...delivery('z', at(5)), ordered: false }], later(1_000));
    const due = await sqlOf(database).query<{ body: string; at: Date }>(
      'SELECT body, next_attempt_at AS at FROM webhook_deliveries ORDER BY body',
    );
    expect(due.map(({ body, at: dueAt }) => [body, dueAt.getTime() - now.getTime()])).toEqual([
      ['2', 3_600_000],
      ['3', 3_600_000],
      ['x', 1_000],
      ['y', 1_000],
      ['z', 1_000],
    ]);
    await sut.enqueue([delivery('1', at(1))], later(2_000));
    expect(bodies(await claim(later(2_000)))).toEqual(['y', '1']);
    await sut.markDead(head?.id ?? '', 'gave up', 500);
    expect(await sut.depth()).toMatchObject({ dead: 1 });
  });

  it('lets nothing wait longer behind one whose attempt runs', async () => {
    const at = (ms: number) => ({ recordedAt: new Date(RECORDED_AT.getTime() + ms) });
    await sut.enqueue([delivery('1', at(1))], now);
    const [head] = await claim();
    await sut.enqueue([delivery('2', at(2))], later(1_000));
    await sut.markDelivered([{ id: head?.id ?? '', status: 200 }]);
    expect(bodies(await claim(later(1_000)))).toEqual(['2']);
  });

  it('lets the next go on when one is dead', async () => {
    await sut.enqueue([delivery('1'), delivery('2')], now);
    const [head] = await claim();
    await sut.markRetry(head?.id ?? '', later(60_000), 'HTTP 500', 500);
    await sut.markDead(head?.id ?? '', 'gave up', 500);
    expect(bodies(await claim(new Date()))).toEqual(['2']);
    expect(await sut.depth()).toMatchObject({ pending: 1, dead: 1 });
  });

  it('lists the dead newest first in pages and brings them back', async () => {
    await sut.enqueue([delivery('1', { cpId: 'A' }), delivery('2', { cpId: 'B' }), delivery('3', { cpId: 'C' })], now);
    for (const { id } of await claim()) await sut.markDead(id, 'HTTP 410', 410);
    const first = await log.list({ state: 'dead', limit: 2, subscription: 'crm' });
    expect(first.items).toMatchObject([
      { body: '3', lastError: 'HTTP 410', lastStatus: 410, attempts: 1 },
      { body: '2' },
    ]);
    const second = await log.list({ state: 'dead', limit: 2, cursor: first.nextCursor ?? '' });
    expect(bodies(second.items)).toEqual(['1']);
    expect(second.nextCursor).toBeNull();
    const [dead] = second.items;
    expect(await log.replay([dead?.id ?? '', '424242'], later(1))).toEqual([dead?.id]);
    expect(await claim(later(1))).toMatchObject([{ body: '1', attempts: 1 }]);
    await expect(log.list({ state: 'dead', limit: 1, cursor: 'x' })).rejects.toBeInstanceOf(InvalidCursorError);
  });

  it('hands a replayed event out before what its charger said later and is still waiting', async () => {
    const at = (ms: number) => ({ recordedAt: new Date(RECORDED_AT.getTime() + ms) });
    await sut.enqueue([delivery('1', at(1)), delivery('2', at(2)), delivery('3', at(3))], now);
    for (const body of ['1', '2']) {
      const [head] = await claim();
      expect(head?.body).toBe(body);
      await sut.markDead(head?.id ?? '', 'gave up', 500);
    }
    expect(await log.replay('all', now)).toHaveLength(2);
    for (const body of ['1', '2', '3']) {
      const [head] = await claim();
      expect(head).toMatchObject({ body, attempts: 1 });
      expect(await claim()).toEqual([]);
      await sut.markDelivered([{ id: head?.id ?? '', status: 200 }]);
    }
    expect(await log.replay('all', now)).toEqual([]);
  });

  it('has a command that lists the dead and replays them', async () => {
    const { eventId, ...rest } = delivery('1');
    await sut.enqueue([{ ...rest, eventId }], now);
    const [{ id } = { id: '' }] = await claim();
    await sut.markDead(id, 'answered 500', 500);
    const run = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['--conditions=@ocpp-gw/source', DEAD_LETTERS, ...words], {
        env: { ...process.env, EVEYS_OCPP_DB_URL: plane.postgresUrl },
      });
    expect((await run()).stdout).toMatch(
      new RegExp(
        `webhooks: 1 failed for good\\n {2}${id} {2}crm {2}a.type {2}CP-1 {2}event ${eventId} .*answered 500\\n$`,
      ),
    );
    expect((await run('replay', 'webhooks', 'all')).stdout).toBe(`webhooks: 1 pending again: ${id}\n`);
    expect((await run('list')).stdout).toMatch(/webhooks: 0 failed for good\n$/);
    expect(await claim(new Date())).toMatchObject([{ eventId, attempts: 1 }]);
  });

  it('changes nothing about a row that is settled already', async () => {
    await sut.enqueue([delivery('1')], now);
    const [row] = await claim();
    await sut.markDelivered([{ id: row?.id ?? '', status: 204 }]);
    await sut.markRetry(row?.id ?? '', later(1), 'late answer');
    await sut.markDead(row?.id ?? '', 'late answer');
    expect(await sut.depth()).toEqual({ pending: 0, dead: 0, oldestSeconds: 0 });
  });

  it('lists what matches, and sends it again', async () => {
    const at = (minute: number) => ({ recordedAt: new Date(RECORDED_AT.getTime() + minute * 60_000) });
    await sut.enqueue([delivery('1', at(1)), delivery('2', { ...at(2), cpId: 'CP-2' }), delivery('3', at(3))], now);
    await sut.enqueue([delivery('other', { subscription: 'erp' })], now);
    const since = { subscription: 'crm', from: at(2).recordedAt };
    for (const { id } of await claim()) await sut.markDelivered([{ id, status: 200 }]);
    const [third] = await claim();
    await sut.markDead(third?.id ?? '', 'gave up', 500);
    expect(bodies((await log.list({ limit: 9, ...since })).items)).toEqual(['3', '2']);
    expect(bodies((await log.list({ limit: 9, state: 'delivered', cpId: 'cp-2' })).items)).toEqual(['2']);
    expect((await log.list({ limit: 9, eventType: 'none' })).items).toEqual([]);
    expect((await log.list({ limit: 9, to: RECORDED_AT })).items).toEqual([]);
    expect(await log.get(third?.id ?? '')).toMatchObject({ state: 'dead', lastError: 'gave up' });
    expect(await log.replayMatching({ subscription: 'erp' }, now)).toBe(0);
    expect(await log.replayMatching({ subscription: 'crm', cpId: 'cp-1' }, now)).toBe(1);
    expect(await log.resend(since, now)).toBe(1);
    expect(await log.resend(since, now)).toBe(0);
    expect(bodies(await claim(now)).sort()).toEqual(['2', '3']);
    await log.deleteOf('crm');
    expect(bodies((await log.list({ limit: 9 })).items)).toEqual(['other']);
  });

  it('removes what nobody takes, once it has been due for long', async () => {
    await sqlOf(database).query(
      `INSERT INTO webhook_subscriptions (name, source, url, events, state)
       VALUES ('crm', 'api', 'https://a.b', '{*}', 'active'), ('erp', 'api', 'https://a.b', '{*}', 'paused')`,
    );
    await sut.enqueue(
      [delivery('1'), delivery('2', { subscription: 'erp' }), delivery('3', { subscription: 'x' })],
      now,
    );
    expect(await sut.deleteForsaken(now, 10)).toBe(0);
    expect(await sut.deleteForsaken(later(1), 10)).toBe(2);
    expect((await sut.depths()).map(({ subscription, pending }) => [subscription, pending])).toEqual([['crm', 1]]);
  });
});
