import { chargePointEntity } from './charge-point.ts';
import { connectorEntity } from './connector.ts';
import { transactionEntity } from './transaction.ts';

export const ENTITIES = [chargePointEntity, connectorEntity, transactionEntity] as const;
