import {
  bill,
  decideTransaction,
  EventsNeededError,
  gatewayTransactionId,
  readChargerTime,
  stopRecordId,
  readRegisters,
  usesOf,
  type Ledger,
  type StartKey,
  type TransactionMessage,
  type TransactionStartAnswer,
} from '@ocpp-gw/ocpp-j';
import {
  isKind,
  StaleFactsError,
  type Decided,
  type Entry,
  type Planned,
  type TransactionLedgers,
} from '@ocpp-gw/persistence/facts';
import { concernsTransactions, decideEntry, planned } from './decide-entries.ts';
import { messageOf, startKeyOf } from './message.ts';

/**
 * Number of charge points whose ledger is kept in memory. Beyond it, the ledger that was used longest ago is dropped
 * and read again.
 */
const REMEMBERED = 20_000;
/** Ended transactions that a remembered ledger keeps; older ones are read again when a message names them. */
const ENDED_KEPT = 4;
const NUMBERS_AT_ONCE = 16;

interface SinceStart {
  transactionId: string;
  startedAt: Date | null;
  meterStartWh: number | null;
  energyWh: number | null;
}

/**
 * The transactions of the charge points on this pod. They are kept in memory, so that an ordinary message needs nothing
 * from Postgres before it is written. The version of each ledger shows when another pod has written in the meantime.
 */
export class StationTransactions {
  private readonly ledgers = new Map<string, Ledger>();
  private readonly numbers: number[] = [];

  constructor(private readonly stored: TransactionLedgers) {}

  /** For 1.6 StartTransaction: the number of the transaction that the message repeats, or a new one. */
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
      startKey: startKeyOf(key),
    };
    const { transactions } = await this.ledger(cpId, soughtBy(message));
    const outcome = decideTransaction(message, transactions);
    if (outcome.is !== 'repetition') return { transactionId: await this.number() };
    const earlier = transactions.find(({ transactionId }) => transactionId === outcome.transactionId);
    return {
      transactionId: Number(outcome.transactionId),
      knownStatus: earlier?.idTokenStatus ?? 'Accepted',
    };
  }

  /** The id, as the charge point sends it, of the transaction that runs at an EVSE; null when none runs. */
  async running(cpId: string, evseId: number): Promise<string | null> {
    const { transactions } = await this.ledger(cpId);
    const running = transactions.filter((each) => each.state === 'active' && each.evseId === evseId);
    return running.at(-1)?.stationTransactionId ?? null;
  }

  /** The transaction that a charge point names by its own id, with the energy from its start to a register. */
  async since(cpId: string, stationId: string, meterWh: number | undefined): Promise<SinceStart> {
    const first = gatewayTransactionId(stationId);
    const { transactions } = await this.ledger(cpId, { ids: [first] });
    const known = usesOf(first, transactions).at(-1);
    if (!known) return { transactionId: first, startedAt: null, meterStartWh: null, energyWh: null };
    const { meterStartWh, energyWh } = bill(known);
    const isBeyond = meterWh !== undefined && meterStartWh !== null && meterWh >= meterStartWh;
    return {
      transactionId: known.transactionId,
      startedAt: known.startSeen ? new Date(known.start.at) : null,
      meterStartWh,
      energyWh: isBeyond ? meterWh - meterStartWh : energyWh,
    };
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
      const message = messageOf(entry);
      ledger ??= await this.ledger(entry.station.cpId, sought(entry, message));
      const transactions = planned(ledger, await this.decideOne(ledger, entry, message));
      refuseWrongNumber(entry, transactions, ledger);
      decided.push({ ...entry, transactions });
      ledger = ledgerAfter(transactions);
    }
    return decided;
  }

  /** Takes over the ledgers after the COMMIT of entries that were decided here. */
  remember(cpId: string, entries: readonly Entry[]): void {
    const last = entries.findLast(({ transactions }) => transactions !== undefined)?.transactions;
    if (last) this.keep(cpId, ledgerAfter(last));
  }

  forget(cpId: string): void {
    this.ledgers.delete(cpId);
  }

  private async decideOne(ledger: Ledger, entry: Entry, message: TransactionMessage | null): Promise<Decided> {
    try {
      return decideEntry(ledger, entry, message);
    } catch (error) {
      if (!(error instanceof EventsNeededError) || message === null) throw error;
      const { cpId } = entry.station;
      const events = await this.stored.events(cpId, error.stationTransactionId);
      return decideEntry(ledger, entry, message, events);
    }
  }

  /** Returns the ledger from memory if it holds everything that the decision needs. */
  private async ledger(cpId: string, what: Sought = {}): Promise<Ledger> {
    const kept = this.ledgers.get(cpId);
    if (kept && isCovered(kept, what)) return kept;
    return this.keep(cpId, await this.stored.load(cpId, what));
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
    if (this.numbers.length === 0) this.numbers.push(...(await this.stored.reserveNumbers(NUMBERS_AT_ONCE)));
    return this.numbers.shift() as number;
  }
}

function ledgerAfter({ ledger, version, writes }: Planned): Ledger {
  return { ...ledger, version: version + (writes ? 1 : 0) };
}

/** The transactions, besides the running ones, that the ledger must hold for a decision. */
interface Sought {
  ids?: readonly string[];
  start?: StartKey;
  /** The time of that start, when the charge point's clock gives one. */
  at?: number;
}

function sought(entry: Entry, message: TransactionMessage | null): Sought {
  if (message) return soughtBy(message);
  if (isKind('transactionStatusReported', entry)) return { ids: [gatewayTransactionId(entry.effect.transactionId)] };
  if (isKind('transactionEndInferred', entry)) return { ids: [entry.effect.transactionId] };
  if (isKind('stopAssigned', entry)) return { ids: [entry.effect.transactionId, entry.effect.to] };
  return {};
}

function soughtBy({ kind, id, startKey, assumed, at, digest }: TransactionMessage): Sought {
  if (startKey) return { start: startKey, ...(!assumed && { at }) };
  if (id !== null) return { ids: [id] };
  // The same words may have been kept long ago, and must not take its place.
  return kind === 'ended' ? { ids: [stopRecordId(digest)] } : {};
}

/** An id that is unknown here may belong to an older transaction, and so may a start that is not the latest. */
function isCovered({ transactions }: Ledger, { ids = [], start, at }: Sought): boolean {
  if (start) return at !== undefined && transactions.every((each) => each.start.at < at);
  return ids.every((id) => transactions.some((each) => each.transactionId === id || each.stationTransactionId === id));
}

/** The number in the answer to a start must be that of the transaction that is recorded. */
function refuseWrongNumber({ effect, station }: Entry, { outcome, message }: Decided, ledger: Ledger): void {
  if (message?.kind !== 'started' || message.stationNamed || effect.kind !== 'transactionStarted') return;
  const { transactionId } = effect;
  const known = ledger.transactions.some((each) => each.transactionId === transactionId);
  const right = outcome?.is === 'new' ? !known : outcome?.transactionId === transactionId;
  if (!right) throw new StaleFactsError(station.cpId, transactionId);
}
