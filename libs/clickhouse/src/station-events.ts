import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from './cursor.ts';
import {
  eventPage,
  eventQuery,
  readEvent,
  type Condition,
  type EventFilter,
  type EventQuery,
  type EventRow,
  type ListedEvent,
} from './event-list.ts';

export interface StationEventFilter extends EventFilter {
  /** Names match in any letter case. */
  component?: string;
  variable?: string;
  /** 0 selects the components that belong to the whole charge point. */
  evseId?: number;
}

/** One event, as it is stored in `station_events`. */
export interface StationEvent extends ListedEvent {
  eventNumber: number;
  trigger: string;
  notificationType: string;
  component: string;
  componentInstance: string | null;
  evseId: number;
  connectorId: number;
  variable: string;
  variableInstance: string | null;
  actualValue: string;
  cause: number | null;
  techCode: string | null;
  techInfo: string | null;
  cleared: boolean;
  transactionId: string | null;
  monitorId: number | null;
}

interface Row extends EventRow {
  event_number: number;
  trigger: string;
  notification_type: string;
  component: string;
  component_instance: string;
  evse_id: number;
  connector_id: number;
  variable: string;
  variable_instance: string;
  actual_value: string;
  cause: number | null;
  tech_code: string;
  tech_info: string;
  cleared: boolean;
  transaction_id: string;
  monitor_id: number | null;
}

const COLUMNS = `event_number, trigger, notification_type, component, component_instance, evse_id, connector_id, variable,
           variable_instance, actual_value, cause, tech_code, tech_info, cleared, transaction_id, monitor_id`;

/** Reads the events of components, newest first. */
export class StationEvents {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: StationEventFilter): Promise<Page<StationEvent>> {
    return eventPage(this.client, stationEventQuery(filter), filter, toStationEvent);
  }
}

export function stationEventQuery(filter: StationEventFilter): EventQuery {
  const { component, variable, evseId } = filter;
  const conditions: Condition[] = [];
  if (component !== undefined) conditions.push(['lower(component) = lower({component:String})', { component }]);
  if (variable !== undefined) conditions.push(['lower(variable) = lower({variable:String})', { variable }]);
  if (evseId !== undefined) conditions.push(['evse_id = {evse_id:Int32}', { evse_id: evseId }]);
  return eventQuery('station_events', COLUMNS, filter, conditions);
}

function toStationEvent(row: Row): StationEvent {
  return {
    ...readEvent(row),
    eventNumber: row.event_number,
    trigger: row.trigger,
    notificationType: row.notification_type,
    component: row.component,
    componentInstance: row.component_instance || null,
    evseId: row.evse_id,
    connectorId: row.connector_id,
    variable: row.variable,
    variableInstance: row.variable_instance || null,
    actualValue: row.actual_value,
    cause: row.cause,
    techCode: row.tech_code || null,
    techInfo: row.tech_info || null,
    cleared: row.cleared,
    transactionId: row.transaction_id || null,
    monitorId: row.monitor_id,
  };
}
