import { transactionContent } from '@ocpp-gw/ocpp-j';
import type { TransactionEffect } from '@ocpp-gw/persistence/facts';
import { createHash } from 'node:crypto';

/** A hash that is equal for two messages of a transaction with the same content. */
export function contentHash(effect: TransactionEffect): string {
  return createHash('sha256').update(transactionContent(effect)).digest('hex').slice(0, 32);
}
