import type { EndInference } from '@ocpp-gw/contracts';
import type { EnergyInterval } from '../energy/index.ts';
import type { Sample } from '../effects.ts';
import { decideTransaction } from './decide.ts';
import { usesOf } from './decide-named.ts';
import { decideKeptStop } from './decide-stop.ts';
import { follows } from './evidence.ts';
import { begin, fold } from './fold.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import { linkRemoteStart } from './remote-starts.ts';
import { replay } from './replay.ts';
import { INFERRED_REASON, isStopRecord, type Ledger, type TransactionState } from './state.ts';
import { published } from './published.ts';

/** One transaction before and after; `before` is absent where it is new. */
export interface Change {
  before?: TransactionState;
  after: TransactionState;
  /** How its energy changes. */
  intervals: readonly EnergyInterval[];
}

/** What a decision needs besides the message. */
export interface Besides {
  /** The earlier messages under its id, see {@link EventsNeededError}. */
  events?: readonly TransactionMessage[] | undefined;
  /** The samples of the message. */
  samples?: readonly Sample[] | undefined;
}

export interface Recorded {
  outcome: Outcome;
  /** The transactions and remote starts. Whoever writes the ledger raises its version. */
  ledger: Ledger;
  /** In the order in which they are published: the message's own transaction comes last. */
  changes: readonly Change[];
}

/** Thrown where a message came so late that the earlier ones under its id have to be read again: `events` of {@link Besides}. */
export class EventsNeededError extends Error {
  override readonly name = 'EventsNeededError';
  readonly stationTransactionId: string;

  constructor(stationTransactionId: string) {
    super(`the messages of transaction ${stationTransactionId} are needed to tell where a late one belongs`);
    this.stationTransactionId = stationTransactionId;
  }
}

/**
 * Records one message: decides what it means, adds it, and settles what follows from it (transactions that must have ended,
 * stops that now fit one, remote starts that led to it). Pure.
 *
 * @throws EventsNeededError
 */
export function record(ledger: Ledger, message: TransactionMessage, { events, samples }: Besides = {}): Recorded {
  const outcome = decideTransaction(message, ledger.transactions);
  if (outcome.is === 'repetition') return { outcome, ledger, changes: [] };
  if (outcome.transactionId === null) return { outcome, ledger, changes: [] };
  if (message.stationNamed && cameLate(message, outcome, ledger.transactions)) {
    if (!events) throw new EventsNeededError(message.id ?? '');
    return settled(ledger, replay(ledger.transactions, message, events), outcome, message, samples);
  }
  const known = ledger.transactions.find(({ transactionId }) => transactionId === outcome.transactionId);
  const own = known ? fold(known, message) : begin(message, outcome as Outcome & { transactionId: string });
  return settled(ledger, replaced(ledger.transactions, own), outcome, message, samples);
}

/** Ends a transaction that the charger did not end. It keeps its own last register; a true stop may still come. */
export function inferEnd(
  transaction: TransactionState,
  inferred: EndInference,
  now: number,
  end: { at?: number; reason?: string } = {},
): TransactionState {
  if (transaction.state === 'ended') return transaction;
  return {
    ...transaction,
    state: 'ended',
    suspect: null,
    end: {
      at: end.at ?? Math.max(transaction.lastEventAt, transaction.start.at),
      seq: Number.MAX_SAFE_INTEGER,
      reason: end.reason ?? INFERRED_REASON,
      inferred,
      receivedAt: now,
    },
  };
}

/**
 * The changes that lead from the ledger to `transactions`, each with its next revision.
 * @param read the samples of the message, and the transaction that it means
 */
export function changesOf(
  ledger: Ledger,
  transactions: readonly TransactionState[],
  read?: { transactionId: string | null; samples: readonly Sample[] | undefined },
): { ledger: Ledger; changes: Change[] } {
  const before = new Map(ledger.transactions.map((each) => [each.transactionId, each]));
  const changes: Change[] = [];
  const after = transactions.map((each) => {
    const earlier = before.get(each.transactionId);
    if (earlier === each) return each;
    const samples = read?.transactionId === each.transactionId ? read.samples : undefined;
    const change = published(earlier, each, samples);
    changes.push({ ...(earlier && { before: earlier }), ...change });
    return change.after;
  });
  return { ledger: { ...ledger, transactions: after }, changes };
}

function settled(
  ledger: Ledger,
  transactions: readonly TransactionState[],
  outcome: Outcome,
  message: TransactionMessage,
  samples: readonly Sample[] | undefined,
): Recorded {
  const linked = linkRemoteStart(transactions, ledger.remoteStarts, outcome);
  const ended = endSuperseded(linked.transactions, message.receivedAt);
  const assigned = assignStops(ended);
  const { transactionId } = outcome;
  const result = changesOf({ ...ledger, remoteStarts: linked.remoteStarts }, assigned, { transactionId, samples });
  // Receivers that read in order get the end of one transaction before the start of the next.
  const own = ({ after }: Change) => Number(after.transactionId === outcome.transactionId);
  return {
    outcome,
    // changesOf compared with the ledger as it was.
    ledger: result.ledger,
    changes: result.changes.toSorted((one, other) => own(one) - own(other)),
  };
}

/** A connector, and an EVSE, has one transaction at a time: all but the one that began last must have ended. */
function endSuperseded(transactions: readonly TransactionState[], now: number): readonly TransactionState[] {
  return transactions.map((each) => {
    if (each.state !== 'active') return each;
    const successor = transactions.find((other) => other !== each && takesPlaceOf(other, each));
    if (!successor) return each;
    const reused = each.stationNamed && successor.stationTransactionId === each.stationTransactionId;
    return inferEnd(each, reused ? 'reused_id' : 'newer_start', now);
  });
}

function takesPlaceOf(other: TransactionState, each: TransactionState): boolean {
  if (!other.startSeen || isStopRecord(other) || !follows(other, each)) return false;
  // An ended transaction is no reason against one that came after it, because the clock may have been set back.
  if (other.state === 'ended' && other.startReceivedAt <= each.startReceivedAt) return false;
  if (each.stationNamed && other.stationTransactionId === each.stationTransactionId) return true;
  return each.evseId > 0 && each.evseId === other.evseId;
}

/** Assigns stops that fitted none or several transactions and now fit one. Each assignment may settle the next one. */
function assignStops(transactions: readonly TransactionState[]): readonly TransactionState[] {
  for (const stop of transactions) {
    const message = stop.unassigned === null ? null : stop.stop;
    if (message === null) continue;
    const outcome = decideKeptStop(message, transactions);
    const target = transactions.find(({ transactionId }) => transactionId === outcome.transactionId);
    if (target) return assignStops(assignTo(transactions, stop, target, message));
  }
  return transactions;
}

/** The stop that was kept becomes the end of a transaction. */
export function assignTo(
  transactions: readonly TransactionState[],
  stop: TransactionState,
  target: TransactionState,
  message: TransactionMessage,
): readonly TransactionState[] {
  return transactions.map((each) => {
    if (each === target) return fold(target, message);
    return each === stop ? { ...stop, unassigned: null, stop: null, assignedTo: target.transactionId } : each;
  });
}

function replaced(transactions: readonly TransactionState[], own: TransactionState): readonly TransactionState[] {
  const known = transactions.some(({ transactionId }) => transactionId === own.transactionId);
  if (!known) return [...transactions, own];
  return transactions.map((each) => (each.transactionId === own.transactionId ? own : each));
}

/** Whether the message is older than others under its id in a way that may move them to another transaction. */
function cameLate(message: TransactionMessage, outcome: Outcome, transactions: readonly TransactionState[]): boolean {
  if (message.assumed) return false;
  const uses = usesOf(message.id ?? '', transactions);
  if (!uses.some(({ lastEventAt }) => message.at < lastEventAt)) return false;
  if (outcome.is === 'new') return true;
  // A second end, or a start before one that waits for its own.
  return outcome.is === 'correction' ? message.kind === 'ended' : message.kind === 'started' && uses.length > 1;
}
