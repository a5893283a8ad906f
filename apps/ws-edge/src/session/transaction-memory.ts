import type { Effect, KnownTransaction, TransactionQuery } from '@ocpp-gw/ocpp-j';
import type { TransactionLookups } from '../effects/index.ts';
import type { Session } from './session.ts';

/** What changes a transaction that is known already. */
const CHANGES: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>([
  'transactionStarted',
  'transactionUpdated',
  'transactionEnded',
  'transactionStatusTold',
]);

interface Remembered {
  transactionId: string;
  found: Promise<KnownTransaction | null>;
}

/**
 * The transaction that a connection's messages name over and over: each reading of a session asks for it. Kept for the
 * connection alone, whose own messages are what changes it; what another pod was told, the natural keys settle.
 */
export class TransactionMemory {
  private readonly lookups: Pick<TransactionLookups, 'find'>;
  private readonly last = new WeakMap<Session, Remembered>();

  constructor(lookups: Pick<TransactionLookups, 'find'>) {
    this.lookups = lookups;
  }

  async find(session: Session, query: TransactionQuery): Promise<KnownTransaction | null> {
    const { cpId } = session.peer;
    if (query.by !== 'id') return this.lookups.find(cpId, query);
    const { transactionId } = query;
    const last = this.last.get(session);
    if (last?.transactionId === transactionId) return last.found;
    const remembered: Remembered = { transactionId, found: this.lookups.find(cpId, query) };
    // Before the answer is here, so that a change meanwhile forgets it.
    this.last.set(session, remembered);
    const found = await remembered.found.catch((error: unknown) => {
      this.forget(session, remembered);
      throw error;
    });
    if (found === null) this.forget(session, remembered);
    return found;
  }

  /** After COMMIT of what a message of the connection established. */
  forgetChanged(session: Session, decided: readonly Effect[]): void {
    if (decided.some(({ kind }) => CHANGES.has(kind))) this.last.delete(session);
  }

  private forget(session: Session, remembered: Remembered): void {
    if (this.last.get(session) === remembered) this.last.delete(session);
  }
}
