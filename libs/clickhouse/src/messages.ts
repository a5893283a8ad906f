import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from '@ocpp-gw/contracts';
import { whileClickHouseAvailable } from './clickhouse.ts';
import { List, type Condition, type ItemOf, type ListFilter, type Query } from './list.ts';

export interface MessageFilter extends ListFilter {
  action?: string;
  direction?: string;
  kind?: string;
  outcome?: string;
  connectionId?: string;
  /** Frames that name it, and their CALLs and answers. */
  transactionId?: string;
  /** A text that the frame holds, in any letter case. */
  text?: string;
}

const COLUMNS = {
  event_id: 'text',
  protocol: 'text',
  pod: 'text',
  direction: 'text',
  kind: 'text',
  action: 'text?',
  message_id: 'text?',
  outcome: 'text?',
  error_code: 'text?',
  latency_ms: 'number?',
  size_bytes: 'number',
  connection_id: 'text',
  number: 'number',
  transaction_id: 'text?',
  raw: 'text',
} as const;

/** One recorded frame. */
export type Message = ItemOf<typeof COLUMNS, 'occurred'>;

const LIST = new List('messages', COLUMNS, 'occurred', ['number', 'event_id']);

/** Of the parts of the table only those are read that hold frames of the period. */
const NEWEST = `
  SELECT cp_id, toUnixTimestamp64Milli(max(recorded_at)) AS newest_ms
  FROM messages WHERE recorded_at >= fromUnixTimestamp64Milli({from:Int64}) GROUP BY cp_id`;

/** Reads recorded frames, newest first. */
export class Messages {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: MessageFilter): Promise<Page<Message>> {
    return LIST.page(this.client, messageQuery(filter), filter);
  }

  /** When the newest frame of each charge point was recorded, where that is after `from`. @throws ClickHouseUnavailableError */
  async newest(from: Date): Promise<Map<string, Date>> {
    const rows = await whileClickHouseAvailable(async () => {
      const params = { from: from.getTime() };
      const result = await this.client.query({ query: NEWEST, query_params: params, format: 'JSONEachRow' });
      return result.json<{ cp_id: string; newest_ms: string }>();
    });
    return new Map(rows.map(({ cp_id: cpId, newest_ms: newest }) => [cpId, new Date(Number(newest))]));
  }

  /** All frames of a period, newest first, page by page. */
  async *all(filter: Omit<MessageFilter, 'limit' | 'cursor'>, pageSize = 5_000): AsyncGenerator<Message[]> {
    let cursor: string | undefined;
    do {
      const page = await this.list({ ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
      yield page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}

const EQUAL = {
  action: 'action',
  direction: 'direction',
  kind: 'kind',
  outcome: 'outcome',
  connectionId: 'connection_id',
};

export function messageQuery(filter: MessageFilter): Query {
  const { transactionId, text } = filter;
  const conditions: Condition[] = Object.entries(EQUAL).flatMap(([name, column]): Condition[] => {
    const value = filter[name as keyof typeof EQUAL];
    return value === undefined ? [] : [[`${column} = {${column}:String}`, { [column]: value }]];
  });
  if (transactionId !== undefined)
    conditions.push([
      `(transaction_id = {transaction_id:String} OR (connection_id, message_id) IN (
         SELECT connection_id, message_id FROM messages
         WHERE cp_id = {cp_id:String} AND transaction_id = {transaction_id:String} AND message_id != ''))`,
      { transaction_id: transactionId },
    ]);
  if (text !== undefined) conditions.push(['positionCaseInsensitiveUTF8(raw, {text:String}) > 0', { text }]);
  return LIST.query(filter, conditions);
}
