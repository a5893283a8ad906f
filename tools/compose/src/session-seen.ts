import { setTimeout as sleep } from 'node:timers/promises';

/** Where a session is to be seen. */
export interface Receivers {
  rest: string;
  token: string;
  clickhouse: string;
  clickhousePassword: string;
  backend: string;
}

export interface Seen {
  where: string;
  /** Absent where it was seen. */
  problem?: string;
}

const WITHIN_MS = 60_000;
const ASK_MS = 5_000;

/** Looks for the one ended session of a charger in REST, ClickHouse, the webhooks and the calls of the backend. */
export function findSession(cpId: string, receivers: Receivers, withinMs = WITHIN_MS): Promise<Seen[]> {
  const giveUpAt = Date.now() + withinMs;
  return Promise.all(
    Object.entries(LOOKS).map(async ([where, look]): Promise<Seen> => {
      for (;;) {
        const problem = await look(cpId, receivers).catch((error: unknown) => String(error));
        if (problem === undefined) return { where };
        if (Date.now() > giveUpAt) return { where, problem };
        await sleep(500);
      }
    }),
  );
}

/** Undefined once the session is there. */
type Look = (cpId: string, receivers: Receivers) => Promise<string | undefined>;

const LOOKS: Record<string, Look> = {
  REST: async (cpId, { rest, token }) => {
    const url = `${rest}/transactions?cp_id=${encodeURIComponent(cpId)}`;
    const { items } = (await ask(url, { authorization: `Bearer ${token}` })) as { items: Transaction[] };
    return items.length === 1 && items[0]?.state === 'ended' && (items[0].energy_wh ?? 0) > 0
      ? undefined
      : `no ended transaction with energy: ${JSON.stringify(items)}`;
  },
  ClickHouse: async (cpId, { clickhouse, clickhousePassword }) => {
    const query = `SELECT count() AS n FROM ocpp.sessions WHERE cp_id = {cpId:String} AND state = 'ended' AND energy_wh > 0 FORMAT JSON`;
    const url = `${clickhouse}/?${new URLSearchParams({ query, param_cpId: cpId }).toString()}`;
    const credentials = { 'x-clickhouse-user': 'eveys', 'x-clickhouse-key': clickhousePassword };
    const { data } = (await ask(url, credentials)) as { data: { n: number | string }[] };
    return Number(data[0]?.n) === 1 ? undefined : `${data[0]?.n ?? 0} ended sessions`;
  },
  webhooks: async (cpId, { backend }) => {
    const { items } = (await ask(`${backend}/_/webhooks?type=tx.ended&cp_id=${encodeURIComponent(cpId)}`)) as List;
    return items.length > 0 ? undefined : 'no tx.ended';
  },
  backend: async (cpId, { backend }) => {
    const { items } = (await ask(`${backend}/_/requests?cp_id=${encodeURIComponent(cpId)}`)) as List;
    return items.length > 0 ? undefined : 'no call';
  },
};

interface Transaction {
  state: string;
  energy_wh: number | null;
}

interface List {
  items: unknown[];
}

async function ask(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(ASK_MS) });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`);
  return answer.json();
}
