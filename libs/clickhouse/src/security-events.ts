import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from './cursor.ts';
import {
  eventPage,
  eventQuery,
  readEvent,
  type EventFilter,
  type EventQuery,
  type EventRow,
  type ListedEvent,
} from './event-list.ts';

export interface SecurityEventFilter extends EventFilter {
  type?: string;
}

/** One event, as it is stored in `security_events`. */
export interface SecurityEvent extends ListedEvent {
  type: string;
  techInfo: string | null;
}

interface Row extends EventRow {
  type: string;
  tech_info: string;
}

/** Reads security events, newest first. */
export class SecurityEvents {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: SecurityEventFilter): Promise<Page<SecurityEvent>> {
    return eventPage(this.client, securityEventQuery(filter), filter, toSecurityEvent);
  }
}

export function securityEventQuery(filter: SecurityEventFilter): EventQuery {
  const { type } = filter;
  return eventQuery(
    'security_events',
    'type, tech_info',
    filter,
    type === undefined ? [] : [['type = {type:String}', { type }]],
  );
}

function toSecurityEvent(row: Row): SecurityEvent {
  return { ...readEvent(row), type: row.type, techInfo: row.tech_info || null };
}
