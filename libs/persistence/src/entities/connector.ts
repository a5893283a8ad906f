import { EntitySchema } from 'typeorm';
import type { ConnectorRecord } from '../records.ts';
import { entityColumns } from '../tables/record.ts';

export interface ConnectorEntity extends ConnectorRecord {
  cpId: string;
}

export const connectorEntity = new EntitySchema<ConnectorEntity>({
  name: 'Connector',
  tableName: 'connectors',
  columns: entityColumns<ConnectorEntity>('connectors', [], {
    cpId: { primary: true },
    evseId: { primary: true },
    connectorId: { primary: true },
  }),
});
