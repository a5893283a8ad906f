import { createClient } from '@clickhouse/client';
import { TOPICS } from '@ocpp-gw/contracts';
import type { MockBackend, ReceivedWebhook } from '@ocpp-gw/mock-backend';
import pg from 'pg';
import { TOKEN, type ChaosGateway } from '../gateway/gateway.ts';
import type { Delivery, Kept, KeptEvent, KeptInPostgres, KeptTransaction, Kind, Published, Sample } from './facts.ts';

const KINDS: Readonly<Record<string, Kind>> = {
  Started: 'started',
  Updated: 'updated',
  Ended: 'ended',
  [TOPICS.transactionStarted]: 'started',
  [TOPICS.transactionUpdated]: 'updated',
  [TOPICS.transactionEnded]: 'ended',
};

/** What the gateway has of these chargers, and what its receivers got. */
export async function readKept(
  gateway: ChaosGateway,
  cpIds: readonly string[],
  published: readonly Published[],
): Promise<Kept> {
  const [postgres, clickhouse, offline] = await Promise.all([
    readPostgres(gateway.dataPlane.postgresUrl),
    readClickHouse(gateway.dataPlane.clickhouseUrl),
    readOffline(gateway.rests[0], cpIds),
  ]);
  return {
    ...postgres,
    ...clickhouse,
    published: [...published],
    offline,
    backend: readBackend(gateway.backend),
    webhooks: gateway.backend.webhooks().flatMap(webhookDelivery),
  };
}

/** @param url postgres://… */
export async function readPostgres(url: string): Promise<KeptInPostgres> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const transactions = await client.query<KeptTransaction>(
      `SELECT cp_id AS "cpId", transaction_id AS "transactionId", state, meter_start_wh AS "meterStartWh",
              meter_last_wh AS "meterLastWh"
       FROM transactions`,
    );
    const numbered = await client.query<EventRow>(
      `SELECT cp_id, transaction_id, event_type, seq_no::int FROM transaction_events`,
    );
    const waiting = await client.query<{ what: string; rows: number }>(
      `SELECT 'outbox rows, lane ' || lane AS what, count(*)::int AS rows FROM outbox GROUP BY lane
       UNION ALL
       SELECT 'webhooks ' || state, count(*)::int FROM webhook_deliveries WHERE state <> 'delivered' GROUP BY state`,
    );
    return {
      transactions: transactions.rows,
      numbered: numbered.rows.map(keptEvent),
      undelivered: Object.fromEntries(waiting.rows.map(({ what, rows }) => [what, rows])),
    };
  } finally {
    await client.end();
  }
}

interface EventRow {
  cp_id: string;
  transaction_id: string;
  event_type: string;
  seq_no: number;
}

function keptEvent({ cp_id, transaction_id, event_type, seq_no }: EventRow): KeptEvent {
  return { cpId: cp_id, transactionId: transaction_id, kind: KINDS[event_type] ?? 'meter', seqNo: seq_no };
}

async function readClickHouse(url: string): Promise<Pick<Kept, 'events' | 'samples'>> {
  const client = createClient({ url, database: 'ocpp' });
  const rows = async <Row>(query: string): Promise<Row[]> =>
    (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  try {
    const events = await rows<EventRow>(
      'SELECT cp_id, transaction_id, event_type, seq_no FROM transaction_events FINAL',
    );
    const samples = await rows<Sample & { cpId: string }>(
      `SELECT cp_id AS cpId, toFloat64(toUnixTimestamp64Milli(sampled_at)) AS at, value AS wh, context
       FROM meter_samples FINAL WHERE measurand = 'Energy.Active.Import.Register'`,
    );
    return { events: events.map(keptEvent), samples };
  } finally {
    await client.close();
  }
}

/** As an operator sees it: whom REST does not show as online. */
async function readOffline(rest: string, cpIds: readonly string[]): Promise<string[]> {
  const online = await Promise.all(
    cpIds.map(async (cpId) => {
      const answer = await fetch(`${rest}/charge-points/${cpId}`, { headers: { authorization: `Bearer ${TOKEN}` } });
      return ((await answer.json()) as { online?: boolean }).online === true;
    }),
  );
  return cpIds.filter((_, index) => !online[index]);
}

function readBackend(backend: MockBackend): Delivery[] {
  return backend.requests().flatMap(({ path, cp_id, idempotency_key, data, status }): Delivery[] => {
    const kind = /\/sessions\/open$/.test(path) ? 'started' : /\/sessions\/close$/.test(path) ? 'ended' : undefined;
    if (!kind || status >= 400) return [];
    return [{ cpId: cp_id, id: String(idempotency_key), kind, transactionId: String(data['transaction_id']) }];
  });
}

function webhookDelivery({ webhook_id, type, cp_id, body }: ReceivedWebhook): Delivery[] {
  const kind = KINDS[type ?? ''];
  if (kind !== 'started' && kind !== 'ended') return [];
  const { data } = body as { data: { payload: { transaction_id: string } } };
  return [{ cpId: cp_id ?? '', id: webhook_id, kind, transactionId: data.payload.transaction_id }];
}
