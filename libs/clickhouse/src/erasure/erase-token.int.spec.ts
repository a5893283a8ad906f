import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { randomUUID } from 'node:crypto';
import { clickhouseSchema, clickhouseTarget, type ClickHouseTarget } from '../config.ts';
import { migrate, schemaFolders } from '../migrator/migrator.ts';
import { eraseToken } from './erase-token.ts';

describe('eraseToken', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let target: ClickHouseTarget;
  const erasure = { token: 'tag-1', pseudonym: 'erased-1', apply: true };

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'erasure', ports: 'random', only: ['clickhouse'] });
    target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    const time = '2026-01-01 10:00:00.000';
    const values = ['TAG-1', 'Tag-1', 'TAG-10', ''].map((id_token, index) => ({
      ...{
        event_id: randomUUID(),
        cp_id: 'CP1',
        protocol: 'ocpp1.6',
        event_type: 'tx.ended',
        transaction_id: String(index),
      },
      ...{ occurred_at: time, recorded_at: time, first_heard_at: time, id_token, trigger_reason: '' },
    }));
    await client.insert({ table: 'transaction_events', values, format: 'JSONEachRow' });
    // Frames are kept for days only.
    const now = Date.now();
    const frames = ['TAG-1', 'tag-1', 'TAG-10', 'x'].map((idTag, number) => ({
      ...{ event_id: randomUUID(), cp_id: 'CP1', occurred_at: now, recorded_at: now, number },
      raw: `[2,"1", "Authorize",{"idTag":"${idTag}"}]`,
    }));
    await client.insert({ table: 'messages', values: frames, format: 'JSONEachRow' });
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await plane.stop();
  });

  const tokens = async (table: string): Promise<unknown> => {
    const query = `SELECT id_token FROM ${table} ORDER BY transaction_id`;
    return (await client.query({ query, format: 'JSONCompactEachRow' })).json();
  };

  it('counts first, then replaces the token in every table, and nothing else', async () => {
    const held = {
      'transaction_events.id_token': 2,
      'ended_sessions.id_token': 2,
      'session_states.latest_id_token': 2,
      'messages.raw': 2,
    };
    expect(Object.fromEntries(await eraseToken(target, { ...erasure, apply: false }))).toEqual(held);
    expect(await tokens('transaction_events')).toEqual([['TAG-1'], ['Tag-1'], ['TAG-10'], ['']]);
    expect(Object.fromEntries(await eraseToken(target, erasure))).toEqual(held);
    for (const table of ['transaction_events', 'ended_sessions', 'sessions'])
      expect(await tokens(table)).toEqual([['erased-1'], ['erased-1'], ['TAG-10'], ['']]);
    const frames = await client.query({ query: 'SELECT raw FROM messages ORDER BY number', format: 'JSONEachRow' });
    expect((await frames.json<{ raw: string }>()).map(({ raw }) => /"idTag":"(.*)"/.exec(raw)?.[1])).toEqual([
      'erased-1',
      'erased-1',
      'TAG-10',
      'x',
    ]);
    const gone = {
      'transaction_events.id_token': 0,
      'ended_sessions.id_token': 0,
      'session_states.latest_id_token': 0,
      'messages.raw': 0,
    };
    expect(Object.fromEntries(await eraseToken(target, erasure))).toEqual(gone);
  }, 120_000);
});
