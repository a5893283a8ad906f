import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import { rest, type RestAnswer, type Stack } from '../stack.ts';
import { until } from '../until.ts';

const IDS = Array.from({ length: 12 }, (_, n) => `BULK-${String(n + 1).padStart(2, '0')}`);

/** One command to many charge points of both pods. */
export function bulkCommandsSuite(stack: () => Stack): void {
  let chargers: FakeCharger[];

  beforeAll(async () => {
    chargers = await Promise.all(IDS.map((cpId, n) => booted(stack().edgeUrls[n % 2 ? 1 : 0], cpId, 'ocpp1.6')));
    for (const charger of chargers) charger.answer('ClearCache', () => ({ status: 'Accepted' }));
    await until('all to be online', async () => {
      const { body } = await post({ command: 'clear-cache', select: { cp_ids: IDS, online: true } });
      expect(body['total']).toBe(IDS.length);
    });
  }, 60_000);
  afterAll(() => Promise.all(chargers?.map((charger) => charger.close()) ?? []));

  const post = (body: object): Promise<RestAnswer> => rest(stack(), 'POST', '/bulk-commands', body);
  const get = async (id: unknown, path = ''): Promise<RestAnswer['body']> =>
    (await rest(stack(), 'GET', `/bulk-commands/${String(id)}${path}`)).body;
  const calls = (action: string): number =>
    chargers.flatMap(({ received }) => received).filter(([type, , name]) => type === 2 && name === action).length;

  it('nothing is sent unless it is asked for, and the answer says who would get it', async () => {
    const { status, body } = await post({ command: 'clear-cache', select: { cp_ids: [...IDS, 'BULK-NONE'] } });
    expect([status, body]).toMatchObject([200, { dry_run: true, total: 12, offline: 0, unknown: ['BULK-NONE'] }]);
    expect(body['cp_ids']).toEqual(IDS);
    expect(calls('ClearCache')).toBe(0);
  });

  it('every charge point gets the command once, and each end is found', async () => {
    const { status, body } = await post({
      command: 'clear-cache',
      select: { cp_ids: IDS },
      dry_run: false,
      rate_per_s: 100,
    });
    expect(status).toBe(202);
    await until('it to be done', async () =>
      expect(await get(body['bulk_id'])).toMatchObject({ state: 'done', total: 12, counts: { accepted: 12 } }),
    );
    expect(calls('ClearCache')).toBe(IDS.length);
    const { items } = (await get(body['bulk_id'], '/items?state=accepted')) as { items: { command_id: string }[] };
    const { body: command } = await rest(stack(), 'GET', `/commands/${items[0]?.command_id}`);
    expect(command).toMatchObject({ cp_id: 'BULK-01', state: 'accepted', command: 'clear-cache' });
  });

  it('it stops after the failures that it may have, and skips the rest', async () => {
    for (const charger of chargers) charger.answer('Reset', () => ({ status: 'Rejected' }));
    const { body } = await post({
      ...{ command: 'reset', request: { type: 'Soft' }, select: { cp_ids: IDS } },
      ...{ dry_run: false, rate_per_s: 5, max_failures: 2 },
    });
    await until('it to stop', async () => expect(await get(body['bulk_id'])).toMatchObject({ state: 'stopped' }));
    const { counts } = (await get(body['bulk_id'])) as { counts: Record<string, number> };
    expect(counts['skipped']).toBeGreaterThan(5);
    expect(calls('Reset')).toBe(counts['rejected']);
  });

  it('a caller cancels it', async () => {
    const { body } = await post({
      ...{ command: 'clear-cache', select: { cp_ids: IDS } },
      ...{ dry_run: false, rate_per_s: 1 },
    });
    const cancelled = await rest(stack(), 'POST', `/bulk-commands/${String(body['bulk_id'])}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await get(body['bulk_id'])).toMatchObject({ state: 'cancelled', counts: { skipped: expect.any(Number) } });
  });

  it('what is wrong with it is named in its body', async () => {
    expect(await post({ command: 'reset', request: { type: 'sideways' }, select: { online: true } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/request/type' }] },
    });
    expect((await post({ command: 'reset', request: { type: 'Soft' }, select: {} })).status).toBe(422);
    expect((await post({ command: 'dance', select: { online: true } })).status).toBe(422);
  });
}
