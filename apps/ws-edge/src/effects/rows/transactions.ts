import { writeAudits, writeLedgers, type LedgerWrite, type Sql, type TransactionAudit } from '@ocpp-gw/persistence';
import { isKind, type Entry } from '../entry.ts';
import { StaleFactsError } from '../errors.ts';
import { eventOf, rowOf } from '../transactions/rows.ts';
import { recordset } from '../wire-values.ts';

/**
 * Writes what was decided of transactions, one statement for all stations; of each station at most one entry.
 * @throws StaleFactsError where another pod has written since the decision
 */
export async function writeTransactions(sql: Sql, entries: readonly Entry[]): Promise<void> {
  const writes = entries.flatMap(writeOf);
  const written = await writeLedgers(sql, writes, recordset);
  await writeAudits(sql, entries.flatMap(auditOf), recordset);
  const stale = writes.find(({ cpId }) => !written.has(cpId));
  if (stale) throw new StaleFactsError(stale.cpId, stale.rows[0]?.transaction_id ?? '');
}

function writeOf({ station: { cpId }, transactions }: Entry): LedgerWrite[] {
  if (!transactions?.writes) return [];
  const { version, ledger, changes, message, outcome } = transactions;
  const own = outcome?.transactionId;
  return [
    {
      cpId,
      version,
      remoteStarts: ledger.remoteStarts,
      rows: changes.map(({ after }) => rowOf(after)),
      events: message && message.kind !== 'reading' && typeof own === 'string' ? [eventOf(message, own)] : [],
    },
  ];
}

/** What an operator has changed; what did not change anything is told to whoever asked, and logged. */
function auditOf(entry: Entry): TransactionAudit[] {
  const { station, transactions } = entry;
  if (!transactions?.writes) return [];
  const of = { cp_id: station.cpId };
  if (isKind('transactionEndInferred', entry) && entry.effect.by !== undefined) {
    const { by, transactionId, at, meterStopWh, reason } = entry.effect;
    return [{ ...of, by, transaction_id: transactionId, action: 'end', request: { at, meterStopWh, reason } }];
  }
  if (!isKind('stopAssigned', entry)) return [];
  const { by, transactionId, to } = entry.effect;
  return [{ ...of, by, transaction_id: transactionId, action: 'assign', request: { to } }];
}
