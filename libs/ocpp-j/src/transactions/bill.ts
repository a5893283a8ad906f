import { billOf, type Bill } from '../registers/index.ts';
import { isStopRecord, type TransactionState } from './state.ts';

/** The bill of a transaction; while it runs, the bill so far. */
export function bill(transaction: TransactionState): Bill {
  const { registers, state, seen } = transaction;
  const incomplete = seen.length > 1 || (seen[0]?.[0] ?? 0) > 0;
  const known = billOf(registers, { ended: state === 'ended', incomplete });
  // A stop without a transaction is no session: its register is kept, but nobody is billed for it.
  return isStopRecord(transaction) ? { ...known, energyWh: null, reason: 'no_start_register' } : known;
}
