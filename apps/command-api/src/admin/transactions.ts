import type { TransactionRequest } from '@ocpp-gw/contracts';
import type { TransactionRecord } from '@ocpp-gw/persistence';
import type { TransactionRequestCaller } from '@ocpp-gw/redis';
import { ProblemError } from '../problems/problem-error.ts';
import type { TransactionReads } from '../reads/transactions.ts';

/** How far the clock of a caller may be ahead. */
const SKEW_MS = 60_000;

/** What an operator knows about an end that the charge point has not sent. */
export interface KnownEnd {
  ended_at?: Date | undefined;
  meter_stop_wh?: number | undefined;
  reason?: string | undefined;
}

/** The changes that operators make to transactions. A pod of ws-edge makes them, because only ws-edge writes transactions. */
export class TransactionAdmin {
  constructor(
    private readonly reads: Pick<TransactionReads, 'get'>,
    private readonly requests: Pick<TransactionRequestCaller, 'ask'>,
  ) {}

  /** @throws ProblemError */
  async end(cpId: string, transactionId: string, known: KnownEnd, by: string): Promise<TransactionRecord> {
    const running = await this.reads.get(cpId, transactionId);
    if (running.state !== 'active') throw conflict('The transaction has already ended.');
    if (known.ended_at && known.ended_at.getTime() > Date.now() + SKEW_MS)
      throw new ProblemError('invalid-body', { errors: [{ pointer: '/ended_at', message: 'is in the future' }] });
    await this.ask(running, by, {
      kind: 'end',
      transactionId: running.transactionId,
      ...(known.ended_at && { endedAt: known.ended_at.toISOString() }),
      ...(known.meter_stop_wh !== undefined && { meterStopWh: known.meter_stop_wh }),
      ...(known.reason !== undefined && { reason: known.reason }),
    });
    return this.reads.get(running.cpId, running.transactionId);
  }

  /** @throws ProblemError */
  async assign(cpId: string, transactionId: string, to: string, by: string): Promise<TransactionRecord> {
    const stop = await this.reads.get(cpId, transactionId);
    if (stop.unassignedReason === null)
      throw conflict(
        'This is not an unassigned stop. List unassigned stops with GET /api/v1/transactions?unassigned=true.',
      );
    const target = await this.reads.get(cpId, to);
    if (target.unassignedReason !== null || target.assignedTo !== null)
      throw conflict('The transaction in "to" is itself an unassigned stop. Name a transaction that the stop can end.');
    await this.ask(stop, by, { kind: 'assign', transactionId: stop.transactionId, to: target.transactionId });
    return this.reads.get(target.cpId, target.transactionId);
  }

  private async ask({ cpId, protocol }: TransactionRecord, by: string, request: TransactionRequest): Promise<void> {
    const outcome = await this.requests.ask({ cpId, protocol, by, request });
    switch (outcome?.kind) {
      case 'done':
        return;
      case 'unchanged':
        throw conflict('The transaction has changed in the meantime. Read it again.');
      case 'failed':
        throw new ProblemError('not-taken', { detail: `Nothing was changed: ${outcome.reason}` });
      case undefined:
        throw new ProblemError('answer-lost', {
          detail:
            'No pod of ws-edge answered in time. The change may have been made all the same. Read the transaction again.',
        });
    }
  }
}

function conflict(detail: string): ProblemError {
  return new ProblemError('transaction-conflict', { detail });
}
