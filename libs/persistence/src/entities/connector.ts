import { EntitySchema } from 'typeorm';
import type { ConnectorRecord } from '../records.ts';

export interface ConnectorEntity extends ConnectorRecord {
  cpId: string;
}

export const connectorEntity = new EntitySchema<ConnectorEntity>({
  name: 'Connector',
  tableName: 'connectors',
  columns: {
    cpId: { name: 'cp_id', type: 'text', primary: true },
    evseId: { name: 'evse_id', type: 'integer', primary: true },
    connectorId: { name: 'connector_id', type: 'integer', primary: true },
    status: { type: 'text' },
    errorCode: { name: 'error_code', type: 'text', nullable: true },
    info: { type: 'text', nullable: true },
    vendorId: { name: 'vendor_id', type: 'text', nullable: true },
    vendorErrorCode: { name: 'vendor_error_code', type: 'text', nullable: true },
    statusAt: { name: 'status_at', type: 'timestamptz' },
    receivedAt: { name: 'received_at', type: 'timestamptz' },
  },
});
