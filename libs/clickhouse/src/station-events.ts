import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from '@ocpp-gw/contracts';
import { List, type Condition, type ItemOf, type ListFilter, type Query } from './list.ts';

export interface StationEventFilter extends ListFilter {
  /** Names match in any letter case. */
  component?: string;
  variable?: string;
  /** 0 selects the components that belong to the whole charge point. */
  evseId?: number;
}

const COLUMNS = {
  event_id: 'text',
  protocol: 'text',
  event_number: 'number',
  trigger: 'text',
  notification_type: 'text',
  component: 'text',
  component_instance: 'text?',
  evse_id: 'number',
  connector_id: 'number',
  variable: 'text',
  variable_instance: 'text?',
  actual_value: 'text',
  cause: 'number?',
  tech_code: 'text?',
  tech_info: 'text?',
  cleared: 'flag',
  transaction_id: 'text?',
  monitor_id: 'number?',
} as const;

export type StationEvent = ItemOf<typeof COLUMNS, 'occurred'>;

const LIST = new List('station_events', COLUMNS, 'occurred', ['event_id']);

/** Reads the events of components, newest first. */
export class StationEvents {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: StationEventFilter): Promise<Page<StationEvent>> {
    return LIST.page(this.client, stationEventQuery(filter), filter);
  }
}

export function stationEventQuery({ component, variable, evseId, ...filter }: StationEventFilter): Query {
  const conditions: Condition[] = [];
  if (component !== undefined) conditions.push(['lower(component) = lower({component:String})', { component }]);
  if (variable !== undefined) conditions.push(['lower(variable) = lower({variable:String})', { variable }]);
  if (evseId !== undefined) conditions.push(['evse_id = {evse_id:Int32}', { evse_id: evseId }]);
  return LIST.query(filter, conditions);
}
