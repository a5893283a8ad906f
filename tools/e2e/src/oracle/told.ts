import type { KeptTransaction } from '@ocpp-gw/charger-sim';
import type { Stack } from '../stack.ts';

interface Told {
  cp_id: string;
  transaction_id: string;
  id_token: string | null;
  energy_wh: number | null;
}

/** Where the backend's last word about an ended transaction, or the view of ClickHouse, differs from REST. */
export async function differencesDownstream(stack: Stack, kept: readonly KeptTransaction[]): Promise<string[]> {
  const rows = await stack.clickhouse.query({
    query: 'SELECT cp_id, transaction_id, id_token, energy_wh FROM sessions',
    format: 'JSONEachRow',
  });
  const views = byName(await rows.json<Told>());
  const calls = byName(lastCalls(stack));
  return kept
    .filter(({ state, unassigned_reason }) => state === 'ended' && !unassigned_reason)
    .flatMap((record) => [
      ...compare('ClickHouse', record, views.get(nameOf(record))),
      ...compare('the backend', record, calls.get(nameOf(record))),
    ]);
}

function compare(who: string, record: KeptTransaction, told: Told | undefined): string[] {
  const { energy_wh, id_token } = record;
  const differs = (field: string, one: unknown, other: unknown): string =>
    `${nameOf(record)}: ${who} has ${field} ${String(one)}, REST ${String(other)}`;
  if (!told) return [`${nameOf(record)}: ${who} knows nothing of it`];
  return [
    ...(told.energy_wh === energy_wh ? [] : [differs('energy', told.energy_wh, energy_wh)]),
    ...((told.id_token || null) === id_token ? [] : [differs('token', told.id_token, id_token)]),
  ];
}

/** What a receiver ends up with that takes the highest revision. */
function lastCalls({ backend }: Stack): Told[] {
  const calls = backend
    .requests()
    .filter(({ path, status }) => /\/sessions\/(close|update)$/.test(path) && status < 400)
    .map(({ cp_id, data }) => ({ cp_id, ...data }) as unknown as Told & { revision?: number });
  return calls.toSorted((one, other) => (one.revision ?? 0) - (other.revision ?? 0));
}

function byName(told: readonly Told[]): Map<string, Told> {
  return new Map(told.map((each) => [nameOf(each), each]));
}

function nameOf({ cp_id, transaction_id }: Pick<Told, 'cp_id' | 'transaction_id'>): string {
  return `${cp_id} ${transaction_id}`;
}
