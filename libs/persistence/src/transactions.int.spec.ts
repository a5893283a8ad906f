import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { InvalidCursorError } from '@ocpp-gw/contracts';
import { migrate } from './migrations/migrate.ts';
import { Transactions, type TransactionFilter } from './transactions.ts';
import { sqlOf } from './testing.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T00:00:00Z');

describe('Transactions', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: Transactions;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-transactions', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    sut = new Transactions(database);
    for (let n = 0; n < 7; n += 1)
      await sqlOf(database).query(
        `INSERT INTO transactions (
           cp_id, protocol, transaction_id, station_transaction_id, state, start_seen, evse_id, connector_id, started_at)
         VALUES ($1, 'ocpp1.6', $2, $2, $3, true, 1, 1, $4)`,
        // Two at each moment: the id decides between them.
        [n % 2 ? 'odd' : 'even', `${n}`, n < 5 ? 'ended' : 'active', new Date(START + Math.floor(n / 2) * HOUR)],
      );
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const all = async (filter: Omit<TransactionFilter, 'cursor'>) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await sut.list({ ...filter, ...(cursor === undefined ? {} : { cursor }) });
      ids.push(...page.items.map((item) => item.transactionId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return ids;
  };

  it.each([1, 2, 3, 7, 50])('lists newest first, each once, in pages of %i', async (limit) => {
    expect(await all({ limit })).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  });

  it.each([1, 2, 50])('lists oldest first where asked to, in pages of %i', async (limit) => {
    expect(await all({ limit, sort: 'started_at' })).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  it('filters by EVSE, and by the tags that the charge point has', async () => {
    const ofTag = () => all({ limit: 2, tags: { site: 'berlin' } });
    expect(await ofTag()).toEqual([]);
    await sqlOf(database).query(
      `INSERT INTO charge_points (cp_id, tags) VALUES ('odd', '{"site":"berlin","x":"y"}'), ('even', '{"site":"hamburg"}')`,
    );
    expect(await ofTag()).toEqual(['5', '3', '1']);
    expect(await all({ limit: 2, evseId: 2 })).toEqual([]);
    expect(await all({ limit: 9, evseId: 1, cpId: 'odd' })).toEqual(['5', '3', '1']);
  });

  it('filters by station, state and time', async () => {
    expect(await all({ limit: 2, cpId: 'odd' })).toEqual(['5', '3', '1']);
    expect(await all({ limit: 2, state: 'active' })).toEqual(['6', '5']);
    expect(await all({ limit: 9, from: new Date(START + HOUR), to: new Date(START + 2 * HOUR) })).toEqual(['3', '2']);
  });

  it.each([
    'nonsense',
    Buffer.from('["x","1"]').toString('base64url'),
    Buffer.from('["2026-01-01","x"]').toString('base64url'),
  ])('refuses the invented cursor %s', async (cursor) => {
    await expect(sut.list({ limit: 1, cursor })).rejects.toBeInstanceOf(InvalidCursorError);
  });

  it('finds one by station and id, or by its key', async () => {
    const found = await sut.get('odd', '3');
    expect(found).toMatchObject({ cpId: 'odd', transactionId: '3', state: 'ended', missingSeqNos: [], energyWh: null });
    expect(await sut.getById(found?.id ?? '')).toEqual(found);
    expect(await sut.get('even', '3')).toBeNull();
    expect(await sut.getById('999999')).toBeNull();
    expect(await sut.getById('no number')).toBeNull();
  });
});
