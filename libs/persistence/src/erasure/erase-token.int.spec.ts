import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import { sqlOf } from '../testing.ts';
import { eraseToken } from './erase-token.ts';
import { TOKEN_PLACES } from './token-places.ts';

const TOKEN = 'Tag-1';
const erasure = { token: 'tag-1', pseudonym: 'erased-1', apply: true };

describe('eraseToken', () => {
  let plane: DataPlane;
  let database: Database;
  const query = <T extends object>(text: string): Promise<T[]> => sqlOf(database).query<T>(text);

  /** One row a table, with the token in every place, and one of somebody else. */
  async function seed(): Promise<void> {
    const json = (token: string): string => JSON.stringify({ deep: [{ idTag: token }], other: `${token}-not` });
    for (const [index, token] of [TOKEN, 'TAG-10'].entries()) {
      const cp = `CP-${index}`;
      for (const row of [
        `INSERT INTO charge_points (cp_id, security_profile) VALUES ('${cp}', 0)`,
        `INSERT INTO reservations (cp_id, reservation_id, evse_id, id_token, group_id_token, expires_at, state)
         VALUES ('${cp}', 1, 1, '${token}', '${token}', now(), 'cancelled')`,
        `INSERT INTO transactions (cp_id, protocol, transaction_id, state, start_seen, evse_id, connector_id, started_at,
                                   id_token, start_id_tag, ledger, seen_seq_nos, gaps_final)
         VALUES ('${cp}', 'ocpp1.6', '1', 'ended', true, 1, 1, now(), '${token}', '${token}', '${json(token)}', '{}', false)`,
        `INSERT INTO bulk_commands (bulk_id, command, request, selection, rate_per_s, max_failures, timeout_s, caller, request_id, state, leased_until)
         VALUES (gen_random_uuid(), 'RemoteStart', '${json(token)}', '{}', 1, 1, 1, '', '', 'ended', now())`,
        `INSERT INTO commands (command_id, cp_id, command, request, caller, request_id, state, deadline, outcome)
         VALUES (gen_random_uuid(), '${cp}', 'RemoteStart', '${json(token)}', '', '', 'accepted', now(), '${json(token)}')`,
        `INSERT INTO report_parts (cp_id, request_id, report, seq_no, content_hash, items, generated_at)
         VALUES ('${cp}', 1, 'CustomerInformation', 0, 'a', '[${json(token)}]', now())`,
        `INSERT INTO transaction_audits (by, cp_id, transaction_id, action, request) VALUES ('me', '${cp}', '1', 'end', '${json(token)}')`,
        `INSERT INTO transaction_events (cp_id, transaction_id, seq_no, content_hash, event_type, facts)
         VALUES ('${cp}', '1', 0, 'a', 'Started', '${json(token)}')`,
        `INSERT INTO transaction_ledgers (cp_id, version, remote_starts) VALUES ('${cp}', 1, '[${json(token)}]')`,
        `INSERT INTO webhook_deliveries (subscription, event_id, event_type, cp_id, body, recorded_at, state)
         VALUES ('s', gen_random_uuid(), 'tx.started', '${cp}', '${json(token)}', now(), 'delivered')`,
      ])
        await query(row);
    }
  }

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-erasure', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    await seed();
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const everyPlace = (rows: number): Record<string, number> =>
    Object.fromEntries(TOKEN_PLACES.map(({ table, column }) => [`${table}.${column}`, rows]));

  it('counts before it changes anything', async () => {
    const counted = await eraseToken(database, { ...erasure, apply: false });
    expect(Object.fromEntries(counted)).toEqual(everyPlace(1));
  });

  it('refuses while a transaction with the token runs', async () => {
    await query(`UPDATE transactions SET state = 'active' WHERE cp_id = 'CP-0'`);
    await expect(eraseToken(database, erasure)).rejects.toThrow('1 active transactions have the token');
    await query(`UPDATE transactions SET state = 'ended' WHERE cp_id = 'CP-0'`);
  });

  it('replaces the token in every place of every table, and nothing else', async () => {
    expect(Object.fromEntries(await eraseToken(database, erasure))).toEqual(everyPlace(1));
    expect(Object.fromEntries(await eraseToken(database, erasure))).toEqual(everyPlace(0));
    for (const { table, column } of TOKEN_PLACES) {
      const held = await query<{ value: string }>(`SELECT "${column}"::text AS value FROM "${table}" ORDER BY 1`);
      const text = held.map(({ value }) => value).join();
      expect([table, column, text]).toEqual([table, column, expect.stringContaining('erased-1')]);
      expect(text).toContain('TAG-10');
      expect(text.replaceAll(`${TOKEN}-not`, '')).not.toContain(TOKEN);
    }
    expect(await query(`SELECT version::int FROM transaction_ledgers WHERE cp_id = 'CP-0'`)).not.toEqual([
      { version: 1 },
    ]);
  });
});
