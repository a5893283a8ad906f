import { createHash } from 'node:crypto';
import type { TransactionEndedEffect } from '@ocpp-gw/ocpp-j';

/**
 * Under which id an orphan is filed. A charger that never learnt its number stops each transaction as -1 or 0 (notes
 * 2.10, 4.4): those get an id from what they say, so that each is kept and a repetition finds its own.
 */
export function orphanId(effect: TransactionEndedEffect): string {
  if (Number(effect.transactionId) > 0) return effect.transactionId;
  const { time, meterStopWh, idToken, reason } = effect;
  const said = JSON.stringify([time.raw ?? time.at.toISOString(), meterStopWh, idToken?.idToken.toLowerCase(), reason]);
  return `orphan-${createHash('sha256').update(said).digest('hex').slice(0, 16)}`;
}
