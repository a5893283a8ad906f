import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from '@ocpp-gw/contracts';
import { List, type Condition, type ItemOf, type ListFilter, type Query } from './list.ts';

export interface StatusFilter extends ListFilter {
  /** 0 selects the charge point as a whole. */
  evseId?: number;
  connectorId?: number;
  status?: string;
}

const COLUMNS = {
  event_id: 'text',
  protocol: 'text',
  evse_id: 'number',
  connector_id: 'number',
  status: 'text',
  error_code: 'text?',
  info: 'text?',
  vendor_id: 'text?',
  vendor_error_code: 'text?',
} as const;

/** One status of a connector. */
export type ConnectorStatus = ItemOf<typeof COLUMNS, 'occurred'>;

const LIST = new List('connector_status', COLUMNS, 'occurred', ['event_id']);

/** Reads the statuses of connectors, newest first. */
export class StatusHistory {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: StatusFilter): Promise<Page<ConnectorStatus>> {
    return LIST.page(this.client, statusQuery(filter), filter);
  }
}

export function statusQuery({ evseId, connectorId, status, ...filter }: StatusFilter): Query {
  const conditions: Condition[] = [];
  if (evseId !== undefined) conditions.push(['evse_id = {evse_id:Int32}', { evse_id: evseId }]);
  if (connectorId !== undefined)
    conditions.push(['connector_id = {connector_id:Int32}', { connector_id: connectorId }]);
  if (status !== undefined) conditions.push(['status = {status:String}', { status }]);
  return LIST.query(filter, conditions);
}
