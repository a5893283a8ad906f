import type { Page } from '@ocpp-gw/contracts';
import type { ChargePoints, TransactionFilter, TransactionRecord, Transactions } from '@ocpp-gw/persistence';
import { ProblemError } from '../problems/problem-error.ts';

/** Reads transactions. The identity of the charge point matches in any letter case. */
export class TransactionReads {
  constructor(
    private readonly transactions: Pick<Transactions, 'list' | 'get'>,
    private readonly chargePoints: Pick<ChargePoints, 'find'>,
  ) {}

  async list(filter: TransactionFilter): Promise<Page<TransactionRecord>> {
    if (filter.cpId === undefined) return this.transactions.list(filter);
    const charger = await this.chargePoints.find(filter.cpId);
    return this.transactions.list({ ...filter, cpId: charger?.cpId ?? filter.cpId });
  }

  /**
   * Finds a transaction by the id of the gateway or by that of the charge point.
   * @throws ProblemError when there is no such charge point or transaction
   */
  async get(cpId: string, transactionId: string): Promise<TransactionRecord> {
    const charger = await this.chargePoints.find(cpId);
    if (!charger) throw new ProblemError('charge-point-not-found');
    const transaction = await this.transactions.get(charger.cpId, transactionId);
    if (!transaction) throw new ProblemError('transaction-not-found');
    return transaction;
  }
}
