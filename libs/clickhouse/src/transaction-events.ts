import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from '@ocpp-gw/contracts';
import { List, type ItemOf, type ListFilter, type Query } from './list.ts';

export interface TransactionEventFilter extends ListFilter {
  transactionId: string;
}

const COLUMNS = {
  event_id: 'text',
  event_type: 'text',
  revision: 'number',
  trigger_reason: 'text?',
  charging_state: 'text?',
  id_token_status: 'text?',
  energy_wh: 'number?',
  energy_reason: 'text?',
  stop_reason: 'text?',
  end_inferred: 'text?',
  unassigned_reason: 'text?',
  assigned_to: 'text?',
} as const;

/** One event of a transaction. */
export type TransactionEvent = ItemOf<typeof COLUMNS, 'occurred'>;

const LIST = new List('transaction_events', COLUMNS, 'occurred', ['event_id']);

/** Reads the events of transactions, newest first. */
export class TransactionEvents {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: TransactionEventFilter): Promise<Page<TransactionEvent>> {
    return LIST.page(this.client, transactionEventQuery(filter), filter);
  }
}

export function transactionEventQuery({ transactionId, ...filter }: TransactionEventFilter): Query {
  return LIST.query(filter, [['transaction_id = {transaction_id:String}', { transaction_id: transactionId }]]);
}
