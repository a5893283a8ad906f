import { differencesDownstream, lastWords, type KeptTransaction, type ToldSession } from '@ocpp-gw/charger-sim';
import type { Stack } from '../stack.ts';

/** Where the backend's last word about an ended transaction, or the view of ClickHouse, differs from REST. */
export async function differencesOf(stack: Stack, kept: readonly KeptTransaction[]): Promise<string[]> {
  const rows = await stack.clickhouse.query({
    query: 'SELECT cp_id, transaction_id, id_token, energy_wh FROM sessions',
    format: 'JSONEachRow',
  });
  const differences = [
    ...differencesDownstream('ClickHouse', kept, await rows.json<ToldSession>()),
    ...differencesDownstream('the backend', kept, lastWords(calls(stack))),
  ];
  return differences.map(({ cpId, what }) => `${cpId} ${what}`);
}

function calls({ backend }: Stack): (ToldSession & { revision?: number })[] {
  return backend
    .requests()
    .filter(({ path, status }) => /\/sessions\/(close|update)$/.test(path) && status < 400)
    .map(({ cp_id, data }) => ({ cp_id, ...data }) as unknown as ToldSession & { revision?: number });
}
