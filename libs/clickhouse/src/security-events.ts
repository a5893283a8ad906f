import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from '@ocpp-gw/contracts';
import { List, type ItemOf, type ListFilter, type Query } from './list.ts';

export interface SecurityEventFilter extends ListFilter {
  type?: string;
}

const COLUMNS = { event_id: 'text', protocol: 'text', type: 'text', tech_info: 'text?' } as const;

export type SecurityEvent = ItemOf<typeof COLUMNS, 'occurred'>;

const LIST = new List('security_events', COLUMNS, 'occurred', ['event_id']);

/** Reads security events, newest first. */
export class SecurityEvents {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  list(filter: SecurityEventFilter): Promise<Page<SecurityEvent>> {
    return LIST.page(this.client, securityEventQuery(filter), filter);
  }
}

export function securityEventQuery({ type, ...filter }: SecurityEventFilter): Query {
  return LIST.query(filter, type === undefined ? [] : [['type = {type:String}', { type }]]);
}
