import type { KeptTransaction } from '@ocpp-gw/charger-sim';
import { rest, type Stack } from '../stack.ts';

const FILTERS = ['', '&unassigned=true'];

/** All transactions and unassigned records of these chargers, as an operator lists them. */
export async function readKept(stack: Stack, cpIds: readonly string[]): Promise<KeptTransaction[]> {
  const lists: KeptTransaction[][] = [];
  for (const cpId of cpIds) for (const filter of FILTERS) lists.push(await readList(stack, `cp_id=${cpId}${filter}`));
  const all = lists.flat();
  return [...new Map(all.map((record) => [`${record.cp_id} ${record.transaction_id}`, record])).values()];
}

async function readList(stack: Stack, query: string): Promise<KeptTransaction[]> {
  const { status, body } = await rest(stack, 'GET', `/transactions?limit=500&${query}`);
  if (status !== 200) throw new Error(`GET /transactions?${query}: ${status} ${JSON.stringify(body)}`);
  return body['items'] as KeptTransaction[];
}
