import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { migrate } from './migrations/migrate.ts';
import { sqlOf } from './testing.ts';
import { WebhookSecrets } from './webhook-secrets.ts';
import { MOST_SUBSCRIPTIONS, WebhookSubscriptions } from './webhook-subscriptions.ts';
import { WebhookTests } from './webhook-tests.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const one = (name: string) => ({ name, url: 'https://a.b/hook', events: ['tx.*'], ordered: true });

describe('WebhookSubscriptions', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: WebhookSubscriptions;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-subscriptions', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 6, applicationName: 'spec' });
    await database.start();
    sut = new WebhookSubscriptions(database, new WebhookSecrets(randomBytes(32).toString('base64')));
  }, 120_000);

  beforeEach(() => sqlOf(database).query('TRUNCATE webhook_subscriptions, webhook_tests'));

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  it('creates one of a name, and keeps its secret encrypted', async () => {
    const tries = await Promise.all(['a', 'a', 'b'].map((name) => sut.create(one(name), SECRET)));
    expect(tries.sort()).toEqual(['created', 'created', 'name taken']);
    const stored = await sqlOf(database).query<{ secret: string }>('SELECT secret FROM webhook_subscriptions');
    expect(JSON.stringify(stored)).not.toContain(SECRET);
    expect(await sut.get('a')).toMatchObject({ ...one('a'), source: 'api', state: 'active', stateReason: null });
    expect(await sut.get('none')).toBeNull();
    expect((await sut.allWithSecrets()).map(({ secrets }) => secrets)).toEqual([
      [{ value: SECRET, until: null }],
      [{ value: SECRET, until: null }],
    ]);
  });

  it('creates no more than it may', async () => {
    await sqlOf(database).query(
      `INSERT INTO webhook_subscriptions (name, source, url, events)
       SELECT 'n' || n, 'api', 'https://a.b', '{*}' FROM generate_series(1, $1) n`,
      [MOST_SUBSCRIPTIONS],
    );
    expect(await sut.create(one('a'), SECRET)).toBe('too many');
  });

  it('lists by name, in pages', async () => {
    for (const name of ['b', 'c', 'a']) await sut.create(one(name), SECRET);
    const first = await sut.list({ limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(['a', 'b']);
    const second = await sut.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([second.items.map(({ name }) => name), second.nextCursor]).toEqual([['c'], null]);
  });

  it('changes what is named, and shows each change by its fingerprint', async () => {
    const seen = [await sut.fingerprint()];
    const then = async (work: Promise<unknown>) => {
      await work;
      seen.push(await sut.fingerprint());
    };
    await then(sut.create(one('a'), SECRET));
    await then(sut.change('a', { url: 'https://c.d' }));
    expect(await sut.get('a')).toMatchObject({ url: 'https://c.d', events: ['tx.*'], ordered: true });
    await then(sut.rotate('a', OTHER, new Date('2026-05-01T12:00:00Z')));
    expect((await sut.allWithSecrets())[0]?.secrets).toEqual([
      { value: OTHER, until: null },
      { value: SECRET, until: new Date('2026-05-01T12:00:00Z') },
    ]);
    await then(sut.setState('a', 'paused', 'paused by ops'));
    await then(sut.delete('a'));
    expect(new Set(seen.slice(0, -1)).size).toBe(5);
    expect(seen.at(-1)).toBe(seen[0]);
  });

  it('disables what is active, at the URL that was asked', async () => {
    await sut.create(one('a'), SECRET);
    expect(await sut.disable('a', 'https://old', 'gone')).toBe(false);
    expect(await sut.disable('a', one('a').url, 'gone')).toBe(true);
    expect(await sut.disable('a', one('a').url, 'gone')).toBe(false);
    expect(await sut.get('a')).toMatchObject({ state: 'disabled', stateReason: 'gone' });
    await sut.setState('a', 'active', null);
    expect(await sut.get('a')).toMatchObject({ state: 'active', stateReason: null });
  });

  it('has a row of each that the configuration declares, with its state, and changes none of REST', async () => {
    await sut.create(one('managed'), SECRET);
    expect(await sut.mirrorConfigured([one('a'), one('b')])).toEqual([]);
    await sut.disable('a', one('a').url, 'gone');
    const fingerprint = await sut.fingerprint();
    expect(await sut.mirrorConfigured([one('a'), one('b')])).toEqual([]);
    expect(await sut.fingerprint()).toBe(fingerprint);
    expect(await sut.mirrorConfigured([{ ...one('a'), ordered: false }])).toEqual([]);
    expect((await sut.list({ limit: 9 })).items).toMatchObject([
      { name: 'a', source: 'configuration', state: 'disabled', ordered: false },
      { name: 'managed', source: 'api' },
    ]);
    expect(await sut.mirrorConfigured([one('managed')])).toEqual(['managed']);
    await sut.change('a', { url: 'https://c.d' });
    await sut.rotate('a', OTHER, new Date());
    await sut.delete('a');
    expect(await sut.get('a')).toMatchObject({ url: one('a').url, previousSecretUntil: null });
  });

  it('lets one dispatcher take a test, once', async () => {
    const tests = new WebhookTests(database);
    const id = '019b796d-d600-7321-bba6-0b16c110c6fe';
    await tests.request(id, 'a');
    const taken = await Promise.all([tests.take(5), tests.take(5), tests.take(5)]);
    expect(taken.flat()).toEqual([{ id, subscription: 'a' }]);
    expect(await tests.get(id)).toMatchObject({ subscription: 'a', endedAt: null });
    await tests.finish(id, { status: 200, error: null, durationMs: 12 });
    expect(await tests.get(id)).toMatchObject({ endedAt: expect.any(Date), status: 200, durationMs: 12 });
    await tests.deleteOld(new Date(Date.now() + 1000));
    expect(await tests.get(id)).toBeNull();
  });
});
