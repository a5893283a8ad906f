import {
  decideTransaction,
  EventsNeededError,
  readChargerTime,
  readRegisters,
  type Ledger,
  type StartKey,
  type TransactionMessage,
  type TransactionStartAnswer,
} from '@ocpp-gw/ocpp-j';
import { loadEvents, loadLedger, reserveTransactionNumbers, type Sql, type Wanted } from '@ocpp-gw/persistence';
import type { Entry } from '../entry.ts';
import { StaleFactsError } from '../errors.ts';
import { cleanText } from '../wire-values.ts';
import { concernsTransactions, decideEntry, planned, type Decided, type Planned } from './decide-entries.ts';
import { messageOf } from './message.ts';
import { remoteStartsOf, stateOf } from './rows.ts';

/** Stations whose ledger is kept in memory: beyond, the one that was used longest ago is read again when it speaks. */
const REMEMBERED = 20_000;
/** Ended transactions that a remembered ledger keeps; older ones are read again when a message names them. */
const ENDED_KEPT = 16;
const NUMBERS_AT_ONCE = 16;

/**
 * The transactions of the stations on this pod, as their next message needs them. Kept in memory, so that the ordinary
 * message asks nothing of Postgres before it is written; the version of each ledger tells when another pod was faster.
 */
export class StationTransactions {
  private readonly sql: Sql;
  private readonly ledgers = new Map<string, Ledger>();
  private readonly numbers: number[] = [];

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** 1.6 StartTransaction: the number of the transaction that it repeats, or a fresh one. */
  async start(cpId: string, key: StartKey, now: Date): Promise<TransactionStartAnswer> {
    const { at, assumed = false } = readChargerTime(key.timestamp, now);
    const message: TransactionMessage = {
      kind: 'started',
      protocol: '',
      stationNamed: false,
      id: '',
      evseId: key.connectorId,
      connectorId: key.connectorId,
      at: at.getTime(),
      assumed,
      receivedAt: now.getTime(),
      digest: '',
      registers: readRegisters({ role: 'started', samples: [], at }),
      startKey: key,
    };
    const { transactions } = await this.ledger(cpId, message);
    const outcome = decideTransaction(message, transactions);
    if (outcome.is !== 'repetition') return { transactionId: await this.number() };
    const earlier = transactions.find(({ transactionId }) => transactionId === outcome.transactionId);
    return {
      transactionId: Number(outcome.transactionId),
      knownStatus: earlier?.idTokenStatus ?? 'Accepted',
    };
  }

  /** The transaction that runs at an EVSE; null: none, or it cannot be told which. */
  async running(cpId: string, evseId: number): Promise<string | null> {
    const { transactions } = await this.ledger(cpId);
    const running = transactions.filter((each) => each.state === 'active' && each.evseId === evseId);
    return running.at(-1)?.transactionId ?? null;
  }

  /**
   * Decides what the entries of one station mean, one after the other.
   * @throws StaleFactsError where a start was answered with a number that is not its own by now
   */
  async decide(entries: readonly Entry[]): Promise<Entry[]> {
    if (!entries.some(concernsTransactions)) return [...entries];
    const decided: Entry[] = [];
    let ledger: Ledger | undefined;
    for (const entry of entries) {
      if (!concernsTransactions(entry)) {
        decided.push(entry);
        continue;
      }
      const message = messageOf(entry) ?? undefined;
      ledger ??= await this.ledger(entry.station.cpId, message);
      const transactions = planned(ledger, await this.decideOne(ledger, entry, message));
      refuseWrongNumber(entry, transactions, ledger);
      decided.push({ ...entry, transactions });
      ledger = ledgerAfter(transactions);
    }
    return decided;
  }

  /** After COMMIT of entries that were decided here. */
  remember(cpId: string, entries: readonly Entry[]): void {
    const last = entries.findLast(({ transactions }) => transactions !== undefined)?.transactions;
    if (last) this.keep(cpId, ledgerAfter(last));
  }

  forget(cpId: string): void {
    this.ledgers.delete(cpId);
  }

  private async decideOne(ledger: Ledger, entry: Entry, message: TransactionMessage | undefined): Promise<Decided> {
    try {
      return decideEntry(ledger, entry);
    } catch (error) {
      if (!(error instanceof EventsNeededError) || message === undefined) throw error;
      const { cpId } = entry.station;
      const events = await loadEvents(this.sql, cpId, cleanText(error.stationTransactionId));
      return decideEntry(ledger, entry, events as TransactionMessage[]);
    }
  }

  /** From memory where that has all that the message may mean. */
  private async ledger(cpId: string, message?: TransactionMessage): Promise<Ledger> {
    const kept = this.ledgers.get(cpId);
    if (kept && (!message || isCovered(kept, message))) return kept;
    const stored = await loadLedger(this.sql, cpId, wanted(message));
    const ledger: Ledger = {
      version: stored.version,
      remoteStarts: remoteStartsOf(stored.remoteStarts),
      transactions: stored.rows.map(stateOf),
    };
    return this.keep(cpId, ledger);
  }

  private keep(cpId: string, ledger: Ledger): Ledger {
    const over = ledger.transactions.filter(({ state, unassigned }) => state === 'ended' && unassigned === null);
    const dropped = new Set(over.slice(0, Math.max(0, over.length - ENDED_KEPT)));
    const kept = { ...ledger, transactions: ledger.transactions.filter((each) => !dropped.has(each)) };
    this.ledgers.delete(cpId);
    this.ledgers.set(cpId, kept);
    for (const [oldest] of this.ledgers) {
      if (this.ledgers.size <= REMEMBERED) break;
      this.ledgers.delete(oldest);
    }
    return ledger;
  }

  private async number(): Promise<number> {
    if (this.numbers.length === 0) this.numbers.push(...(await reserveTransactionNumbers(this.sql, NUMBERS_AT_ONCE)));
    return this.numbers.shift() as number;
  }
}

function ledgerAfter({ ledger, version, writes }: Planned): Ledger {
  return { ...ledger, version: version + (writes ? 1 : 0) };
}

function wanted(message: TransactionMessage | undefined): Wanted {
  if (!message) return {};
  const { id, startKey } = message;
  return {
    ...(id !== null && id !== '' && { id: cleanText(id) }),
    ...(startKey && {
      start: { ...startKey, idTag: cleanText(startKey.idTag), timestamp: cleanText(startKey.timestamp) },
    }),
  };
}

/** Whether all that the message may mean is in memory: an id that is unknown here may be an older transaction's. */
function isCovered({ transactions }: Ledger, message: TransactionMessage): boolean {
  if (message.startKey) {
    const latest = Math.max(-Infinity, ...transactions.map(({ start }) => start.at));
    return !message.assumed && message.at > latest;
  }
  if (message.id === null) return true;
  return transactions.some((each) => each.transactionId === message.id || each.stationTransactionId === message.id);
}

/** The reply to a start names a number: it has to be that of the transaction which is recorded. */
function refuseWrongNumber({ effect, station }: Entry, { outcome, message }: Decided, ledger: Ledger): void {
  if (message?.kind !== 'started' || message.stationNamed || effect.kind !== 'transactionStarted') return;
  const { transactionId } = effect;
  const known = ledger.transactions.some((each) => each.transactionId === transactionId);
  const right = outcome?.is === 'new' ? !known : outcome?.transactionId === transactionId;
  if (!right) throw new StaleFactsError(station.cpId, transactionId);
}
