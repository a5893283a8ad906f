import { chargePointEntity } from './charge-point.ts';
import { connectorEntity } from './connector.ts';
import { transactionEntity } from './transaction.ts';
import { webhookDeliveryEntity } from './webhook-delivery.ts';

export const ENTITIES = [chargePointEntity, connectorEntity, transactionEntity, webhookDeliveryEntity] as const;
