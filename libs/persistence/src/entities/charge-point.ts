import { EntitySchema } from 'typeorm';
import type { ChargePointRecord } from '../records.ts';
import { entityColumns } from '../tables/record.ts';

export const chargePointEntity = new EntitySchema<ChargePointRecord>({
  name: 'ChargePoint',
  tableName: 'charge_points',
  columns: entityColumns<ChargePointRecord>('charge_points', [], {
    cpId: { primary: true },
    securityProfile: { default: 1 },
    assumeOcpp16: { default: false },
    serverPing: { default: true },
    tags: { default: {} },
    createdAt: { createDate: true },
    updatedAt: { updateDate: true },
  }),
});
