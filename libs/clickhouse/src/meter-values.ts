import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from '@ocpp-gw/contracts';
import { List, type Condition, type ItemOf, type ListFilter, type Query } from './list.ts';

export interface MeterValueFilter extends ListFilter {
  measurand?: string;
  transactionId?: string;
}

const COLUMNS = {
  event_id: 'text',
  sample_no: 'number',
  protocol: 'text',
  evse_id: 'number0',
  connector_id: 'number0',
  transaction_id: 'text?',
  measurand: 'text',
  phase: 'text?',
  location: 'text?',
  context: 'text?',
  format: 'text?',
  value: 'number?',
  unit: 'text',
  raw_value: 'text',
  raw_unit: 'text?',
  unit_assumed: 'flag',
  signed: 'flag',
} as const;

/** One sampled value. */
export type MeterValue = ItemOf<typeof COLUMNS, 'sampled'>;

const LIST = new List('meter_samples', COLUMNS, 'sampled', ['event_id', 'sample_no']);

/** Reads meter values, newest first. */
export class MeterValues {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: MeterValueFilter): Promise<Page<MeterValue>> {
    return LIST.page(this.client, meterValueQuery(filter), filter);
  }
}

export function meterValueQuery(filter: MeterValueFilter): Query {
  const { measurand, transactionId } = filter;
  const conditions: Condition[] = [];
  if (measurand !== undefined) conditions.push(['measurand = {measurand:String}', { measurand }]);
  if (transactionId !== undefined)
    conditions.push(['transaction_id = {transaction_id:String}', { transaction_id: transactionId }]);
  return LIST.query(filter, conditions);
}
