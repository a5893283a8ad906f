import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { migrate } from './migrations/migrate.ts';
import { WebhookDeliveries, type Held, type NewDelivery } from './webhook-deliveries.ts';
import { WebhookDeliveryLog } from './webhook-delivery-log.ts';
import { sqlOf } from './testing.ts';

const now = new Date('2026-05-01T12:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const HELD_UNTIL = later(10_000);

const delivery = (recorded: number, facts: Partial<NewDelivery> = {}): NewDelivery => ({
  ...{ subscription: 'crm', eventId: randomUUID(), eventType: 'a.type', cpId: 'CP-1', body: `${recorded}` },
  recordedAt: later(recorded - 60_000),
  heldUntil: HELD_UNTIL,
  ...facts,
});

describe('rows that the process which writes them holds', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: WebhookDeliveries;
  const claim = (at = now) => sut.claimDue({ limit: 10, now: at, leaseMs: 30_000, subscription: 'crm' });
  const hold = async (...rows: NewDelivery[]): Promise<Held[]> =>
    (await sut.enqueue(rows, now)).map(({ id }) => ({ id, heldUntil: HELD_UNTIL }));

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-webhooks-held', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    sut = new WebhookDeliveries(database);
  }, 120_000);

  beforeEach(() => sqlOf(database).query('TRUNCATE webhook_deliveries'));

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  it('are claimed by nobody else until they are held no longer', async () => {
    await hold(delivery(1));
    expect(await claim(later(9_999))).toEqual([]);
    const claimed = await claim(HELD_UNTIL);
    expect(claimed).toEqual([expect.objectContaining({ body: '1', attempts: 1 })]);
  });

  it('are not held where they repeat an event, or come behind one that waits to be tried again', async () => {
    const first = delivery(1, { heldUntil: undefined });
    const [{ id = '', isHeld } = {}] = await sut.enqueue([first], now);
    expect(isHeld).toBe(false);
    await claim();
    await sut.markRetry(id, later(3_600_000), 'answered 500', 500);
    expect(await sut.enqueue([{ ...first, heldUntil: HELD_UNTIL }], now)).toEqual([]);
    const added = await sut.enqueue([delivery(2), delivery(2, { cpId: 'CP-2' })], now);
    expect(added.map((one) => one.isHeld)).toEqual([false, true]);
  });

  it('may be delivered when nothing older of the charge point is pending, whoever has it', async () => {
    const [second] = await hold(delivery(2));
    const [first] = await hold(delivery(1));
    const [third] = await hold(delivery(3, { cpId: 'CP-2' }));
    if (!first || !second || !third) throw new Error('not enqueued');
    const said = async () =>
      new Map((await sut.stillHeld([first, second, third])).map(({ id, isFirst }) => [id, isFirst]));
    expect(await said()).toEqual(new Map([[first.id, true], [second.id, false], [third.id, true]])); // prettier-ignore
    await sut.markDelivered([{ id: first.id, status: 200 }]);
    expect(await said()).toEqual(new Map([[second.id, true], [third.id, true]])); // prettier-ignore
  });

  it('are held no longer once another process has claimed them or a dead one before them has moved them', async () => {
    // A dead one makes those behind it due now, by the clock of Postgres.
    const heldUntil = new Date(Date.now() + 60_000);
    const rows = [delivery(1, { heldUntil }), delivery(2, { heldUntil })];
    const [first, second] = (await sut.enqueue(rows)).map(({ id }) => ({ id, heldUntil }));
    if (!first || !second) throw new Error('not enqueued');
    expect(await claim(heldUntil)).toHaveLength(1);
    expect(await sut.stillHeld([first, second])).toEqual([{ id: second.id, isFirst: false }]);
    await sut.markDead(first.id, 'answered 410', 410);
    expect(await sut.stillHeld([first, second])).toEqual([]);
  });

  it('have one attempt when they are delivered, fail or are dead', async () => {
    const [one, two, three] = await hold(delivery(1), delivery(2, { cpId: 'CP-2' }), delivery(3, { cpId: 'CP-3' }));
    await sut.markDelivered([{ id: one?.id ?? '', status: 200 }]);
    await sut.markRetry(two?.id ?? '', later(1_000), 'answered 500', 500);
    await sut.markDead(three?.id ?? '', 'answered 410', 410);
    const { items } = await new WebhookDeliveryLog(database).list({ limit: 10 });
    expect(items.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(['dead 1', 'pending 1', 'delivered 1']);
  });

  it('become claims', async () => {
    const [held] = await hold(delivery(1));
    await sut.claimHeld(held ? [held] : [], later(40_000));
    expect(await claim(later(39_999))).toEqual([]);
    expect(await claim(later(40_000))).toEqual([expect.objectContaining({ attempts: 2 })]);
  });

  it('are due at once when they are released, but not those behind one that waits to be tried again', async () => {
    const held = await hold(delivery(2), delivery(2, { cpId: 'CP-2' }));
    const [older] = await sut.enqueue([delivery(1, { heldUntil: undefined })], now);
    await claim();
    await sqlOf(database).query('UPDATE webhook_deliveries SET next_attempt_at = $2 WHERE id = $1', [
      older?.id,
      later(3_600_000),
    ]);
    await sut.release(held, now);
    expect((await claim()).map(({ cpId, attempts }) => `${cpId} ${attempts}`)).toEqual(['CP-2 1']);
    expect(await claim(later(3_599_999))).toEqual([expect.objectContaining({ cpId: 'CP-2' })]);
  });
});
