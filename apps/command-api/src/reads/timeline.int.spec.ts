import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Messages, StatusHistory, TransactionEvents, clickhouseSchema, clickhouseTarget } from '@ocpp-gw/clickhouse';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import {
  Commands,
  Outbox,
  Transactions,
  WebhookDeliveryLog,
  createDatabase,
  type Database,
} from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { randomUUID } from 'node:crypto';
import { timelineOf } from '../rest/timeline.schema.ts';
import { seedClickHouse, seedPostgres } from '../testdata/data.ts';
import { Timelines } from './timeline.ts';

describe(Timelines.name, () => {
  let plane: DataPlane;
  let database: Database;
  let clickhouse: ClickHouseClient;
  const ended = randomUUID();
  /** So many minutes after the start of the transaction, which was an hour ago. */
  const minute = (after: number): Date => new Date(Math.floor(Date.now() / 60_000 - 60 + after) * 60_000);

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'timeline', ports: 'random', only: ['postgres', 'clickhouse'] });
    await Promise.all([seedPostgres(plane.postgresUrl), seedClickHouse(plane.clickhouseUrl)]);
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'test' });
    await database.start();
    clickhouse = createClient(
      clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'test'),
    );
    const { query } = sqlOf(database);
    const sql = (text: string, ...values: unknown[]) => query.call(sqlOf(database), text, values);
    await sql(
      "UPDATE transactions SET started_at = $1, ended_at = $2 WHERE transaction_id = '1'",
      minute(0),
      minute(30),
    );
    await sql(
      `INSERT INTO webhook_subscriptions (name, source, url, events, ordered, state, state_changed_at)
       VALUES ('billing', 'api', 'https://example.com', '{*}', true, 'active', now())`,
    );
    await sql(
      `INSERT INTO webhook_deliveries (subscription, event_id, event_type, cp_id, body, recorded_at, state, attempts, next_attempt_at, delivered_at)
       VALUES ('billing', $1, 'tx.ended', 'CP-A', '{}', now(), 'delivered', 1, now(), $2)`,
      ended,
      minute(32),
    );
    await new Outbox(database).append(
      ['1', '12'].map((id) => ({
        lane: 'backend-dead' as const,
        destination: '/api/eveys/sessions/close',
        cpId: 'CP-A',
        eventId: randomUUID(),
        payload: Buffer.from(JSON.stringify({ transaction_id: id })),
      })),
    );
    const base = (at: Date, parts: object): object => ({
      event_id: randomUUID(),
      cp_id: 'CP-A',
      protocol: 'ocpp1.6',
      occurred_at: at.getTime(),
      recorded_at: at.getTime(),
      ...parts,
    });
    const insert = (table: string, ...values: object[]) => clickhouse.insert({ table, values, format: 'JSONEachRow' });
    await insert(
      'messages',
      base(minute(0), { direction: 'in', kind: 'call', action: 'StartTransaction', message_id: 's', number: 1 }),
      base(minute(1), {
        direction: 'out',
        kind: 'call_result',
        action: 'StartTransaction',
        message_id: 's',
        transaction_id: '1',
        number: 2,
      }),
      base(minute(2), { direction: 'in', kind: 'call', action: 'Heartbeat', message_id: 'h', number: 3 }),
    );
    await insert(
      'transaction_events',
      base(minute(3), { event_type: 'tx.started', transaction_id: '1' }),
      base(minute(31), { event_id: ended, event_type: 'tx.ended', transaction_id: '1', revision: 2, energy_wh: 1500 }),
      base(minute(3), { event_type: 'tx.started', transaction_id: '2' }),
    );
    await insert(
      'connector_status',
      base(minute(4), { evse_id: 1, connector_id: 1, status: 'Charging', error_code: 'NoError' }),
      base(minute(4), { evse_id: 2, connector_id: 1, status: 'Charging', error_code: 'NoError' }),
      base(minute(-10), { evse_id: 1, connector_id: 1, status: 'Available', error_code: 'NoError' }),
    );
  }, 120_000);

  afterAll(async () => {
    await clickhouse.close();
    await database.stop();
    await plane.stop();
  });

  it('has what happened in and around one transaction, in order, and nothing of others', async () => {
    const sut = new Timelines({
      messages: new Messages(clickhouse),
      events: new TransactionEvents(clickhouse),
      statuses: new StatusHistory(clickhouse),
      commands: new Commands(database),
      deliveries: new WebhookDeliveryLog(database),
      outbox: new Outbox(database),
    });
    const transaction = await new Transactions(database).get('CP-A', '1');
    if (!transaction) throw new Error('no transaction');
    const { items, is_cut: isCut } = timelineOf(await sut.of(transaction));
    expect(items.map(({ summary }) => summary)).toEqual([
      'StartTransaction from the charge point',
      'answer to StartTransaction to the charge point',
      'tx.started published, revision 0',
      'connector 1 is Charging',
      'tx.ended published, revision 2, 1500 Wh',
      'tx.ended to webhook billing: delivered after 1 attempt',
      'call /api/eveys/sessions/close to the backend has failed for good',
    ]);
    expect(isCut).toBe(false);
    expect(items[5]).toMatchObject({ source: 'webhook', at: minute(32).toISOString(), details: { event_id: ended } });
  });
});
