import { EntitySchema } from 'typeorm';
import { entityColumns } from '../tables/record.ts';
import { NOT_IN_RECORDS, type TransactionRow } from '../transaction-row.ts';

/** Columns that readers need; the ledger's own bookkeeping stays in facts/transaction-ledgers.ts. */
export const transactionEntity = new EntitySchema<TransactionRow>({
  name: 'Transaction',
  tableName: 'transactions',
  columns: entityColumns<TransactionRow>('transactions', NOT_IN_RECORDS, {
    id: { primary: true, generated: 'increment' },
    updatedAt: { updateDate: true },
  }),
});
