import { createClient } from '@clickhouse/client';
import type { KeptTransaction, DownstreamSession } from '@ocpp-gw/charger-sim';
import type { MockBackend } from '@ocpp-gw/mock-backend';

/** All transactions and unassigned records of a charger, as an operator lists them. */
export async function readTransactions(rest: string, token: string, cpId: string): Promise<KeptTransaction[]> {
  const lists = await Promise.all(
    ['', '&unassigned=true'].map(async (filter) => {
      const answer = await fetch(`${rest}/transactions?limit=500&cp_id=${cpId}${filter}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!answer.ok) throw new Error(`transactions of ${cpId}: ${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as { items: KeptTransaction[] }).items;
    }),
  );
  return [...new Map(lists.flat().map((record) => [record.transaction_id, record])).values()];
}

/** What the view of ClickHouse says of sessions. */
export async function readView(url: string): Promise<DownstreamSession[]> {
  const client = createClient({ url, database: 'ocpp' });
  try {
    const query = 'SELECT cp_id, transaction_id, id_token, energy_wh FROM sessions';
    return await (await client.query({ query, format: 'JSONEachRow' })).json<DownstreamSession>();
  } finally {
    await client.close();
  }
}

/** The session calls that the backend received, oldest first. */
export function readCalls(backend: MockBackend): (DownstreamSession & { revision?: number })[] {
  return backend
    .requests()
    .filter(({ path, status }) => /\/sessions\/(close|update)$/.test(path) && status < 400)
    .map(({ cp_id, data }) => ({ cp_id, ...data }) as unknown as DownstreamSession & { revision?: number });
}
