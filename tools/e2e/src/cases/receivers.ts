import type { ClickHouseClient } from '@clickhouse/client';
import type { MockBackend } from '@ocpp-gw/mock-backend';
import type { Payload } from '../octt-station.ts';

/** What one receiver knows of sessions, by transaction id, under the names that REST has for it. */
export type Sessions = ReadonlyMap<string, Payload>;

interface Received {
  id: string;
  ended: boolean;
  facts: Payload;
}

/** By the rule for receivers: the call of the highest revision says everything. */
export function inBackend(backend: MockBackend, cpId: string): Sessions {
  const received = backend
    .requests({ cp_id: cpId })
    .filter(({ path }) => /\/sessions\/(open|update|close)$/.test(path))
    .map(({ path, data }) => ({ id: String(data['transaction_id']), ended: path.endsWith('/close'), facts: data }));
  return newest(received, (facts) => facts);
}

/** The same for webhooks; a field that the end does not repeat keeps its value from tx.started and tx.updated. */
export function inWebhooks(backend: MockBackend, cpId: string): Sessions {
  const received = backend
    .webhooks({ cp_id: cpId })
    .filter(({ type }) => type?.startsWith('tx.'))
    .map(({ type, body }) => {
      const { payload } = (body as { data: { payload: Payload } }).data;
      return { id: String(payload['transaction_id']), ended: type === 'tx.ended', facts: payload };
    });
  return newest(received, knownFields);
}

function newest(received: readonly Received[], read: (facts: Payload) => Payload): Sessions {
  const revision = ({ facts }: Received): number => Number(facts['revision'] ?? 0);
  const sessions = new Map<string, Payload>();
  // Stable: without revisions the order of arrival decides.
  for (const each of [...received].sort((one, other) => revision(one) - revision(other))) {
    const before = sessions.get(each.id);
    const facts = read(each.facts);
    const ended = each.ended || before?.['state'] === 'ended';
    sessions.set(each.id, {
      ...(each.ended && 'revision' in facts ? {} : before),
      ...facts,
      stop_reason: each.ended ? facts['reason'] : before?.['stop_reason'],
      state: ended ? 'ended' : 'active',
    });
  }
  return sessions;
}

/** Leaves out the fields of an event that hold nothing: empty texts, and ids that are 0. */
function knownFields(payload: Payload): Payload {
  const ids = ['remote_start_id', 'reservation_id'];
  const nothing = ([name, value]: [string, unknown]): boolean =>
    value === '' || value === null || (value === 0 && ids.includes(name));
  return Object.fromEntries(Object.entries(payload).filter((entry) => !nothing(entry)));
}

export async function inClickHouse(clickhouse: ClickHouseClient, cpId: string): Promise<Sessions> {
  const result = await clickhouse.query({
    query: 'SELECT * FROM sessions WHERE cp_id = {cpId:String}',
    query_params: { cpId },
    format: 'JSONEachRow',
  });
  const rows = await result.json<Payload>();
  return new Map(rows.map((row) => [String(row['transaction_id']), knownFields(row)]));
}
