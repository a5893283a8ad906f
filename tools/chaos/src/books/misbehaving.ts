import { createClient } from '@clickhouse/client';
import {
  differencesDownstream,
  judge,
  lastWords,
  type KeptTransaction,
  type ToldSession,
  type Truth,
} from '@ocpp-gw/charger-sim';
import type { MockBackend } from '@ocpp-gw/mock-backend';
import { TOKEN, type ChaosGateway } from '../gateway/gateway.ts';
import type { Difference, Kept } from './facts.ts';

type Asked = Pick<ChaosGateway, 'rest' | 'backend'> & { dataPlane: Pick<ChaosGateway['dataPlane'], 'clickhouseUrl'> };

/** Where what is kept of chargers that misbehave, and told of them, differs from what they really did. */
export async function misbehavingDifferences(
  gateway: Asked,
  cpIds: readonly string[],
  truth: readonly Truth[],
): Promise<Difference[]> {
  const lists = await Promise.all(cpIds.map((cpId) => readTransactions(gateway.rest, cpId)));
  const kept = lists.flat();
  const judged = judge(truth, kept).map(({ rule, cpId, what, misbehaviours }): Difference => {
    return { book: 'sessions', fault: 'wrong', cpId, what: `(${misbehaviours.join(', ')}) ${rule}: ${what}` };
  });
  const downstream = [
    ...differencesDownstream('ClickHouse', kept, await readView(gateway.dataPlane.clickhouseUrl)),
    ...differencesDownstream('backend', kept, lastWords(readCalls(gateway.backend))),
  ].map((named): Difference => ({ book: 'sessions', fault: 'wrong', ...named }));
  return [...judged, ...downstream];
}

/** Without what is kept of some chargers; what no charger is named for stays. */
export function without(kept: Kept, cpIds: ReadonlySet<string>): Kept {
  const others = <Item extends { cpId: string }>(items: readonly Item[]): Item[] =>
    items.filter(({ cpId }) => !cpIds.has(cpId));
  return {
    ...kept,
    transactions: others(kept.transactions),
    numbered: others(kept.numbered),
    published: others(kept.published),
    told: others(kept.told),
    samples: others(kept.samples),
    backend: others(kept.backend),
    webhooks: others(kept.webhooks),
  };
}

async function readTransactions(rest: string, cpId: string): Promise<KeptTransaction[]> {
  const lists = await Promise.all(
    ['', '&unassigned=true'].map(async (filter) => {
      const answer = await fetch(`${rest}/transactions?limit=500&cp_id=${cpId}${filter}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      if (!answer.ok) throw new Error(`transactions of ${cpId}: ${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as { items: KeptTransaction[] }).items;
    }),
  );
  return [...new Map(lists.flat().map((record) => [record.transaction_id, record])).values()];
}

async function readView(url: string): Promise<ToldSession[]> {
  const client = createClient({ url, database: 'ocpp' });
  try {
    const query = 'SELECT cp_id, transaction_id, id_token, energy_wh FROM sessions';
    return await (await client.query({ query, format: 'JSONEachRow' })).json<ToldSession>();
  } finally {
    await client.close();
  }
}

function readCalls(backend: MockBackend): (ToldSession & { revision?: number })[] {
  return backend
    .requests()
    .filter(({ path, status }) => /\/sessions\/(close|update)$/.test(path) && status < 400)
    .map(({ cp_id, data }) => ({ cp_id, ...data }) as unknown as ToldSession & { revision?: number });
}
