import { exceeds, fits, isLater, preferred, tokenFits } from './evidence.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import { isStopRecord, type TransactionState } from './state.ts';

/** Stops that a charge point tells while it loses power or restarts; the true one may follow. */
const PROVISIONAL: ReadonlySet<string> = new Set(['PowerLoss', 'Reboot', 'HardReset', 'SoftReset']);

export function isProvisional(reason: string): boolean {
  return PROVISIONAL.has(reason);
}

/** OCPP 1.6 StopTransaction: it names a number, which may be missing, another's, or of a transaction that ended before. */
export function decideStop(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  const named = transactions.find(({ transactionId }) => transactionId === message.id);
  if (named && !isStopRecord(named)) return decideNamedStop(message, named, transactions);
  const open = fittingStops(message, transactions);
  return repetition(message, transactions, open) ?? choose(message, open);
}

function decideNamedStop(
  message: TransactionMessage,
  named: TransactionState,
  transactions: readonly TransactionState[],
): Outcome {
  const { transactionId } = named;
  if (named.digests.includes(message.digest)) return { is: 'repetition', transactionId };
  const others = fittingStops(message, transactions).filter((other) => other !== named);
  const other = preferred(others, message);
  const fitsNamed = fits(named, message, transactions);
  if (named.state === 'active') {
    // The number counts, unless all else speaks for another: a register that fell is still this one's.
    const another = !fitsNamed && other && tokenFits(other, message) === 'yes' ? other : named;
    return meant(another);
  }
  // An earlier or lower end than the known one is outranked by it, which is no reason to look elsewhere.
  const corrects = tokenFits(named, message) !== 'no' && !exceeds(named, message, transactions);
  if (corrects && (staysOpen(named) || !isLater(message.at, named.end?.at ?? 0) || others.length === 0))
    return { is: 'correction', transactionId };
  if (other && other.startReceivedAt >= named.startReceivedAt) return meant(other);
  return stopRecord(message, others.length + (corrects ? 1 : 0));
}

/** Whether a stop may still come: its end was inferred, or is one that a true one may follow. */
function staysOpen({ end }: TransactionState): boolean {
  return end !== null && (end.inferred !== null || isProvisional(end.reason));
}

/** The transactions that a stop which names none of them could end. A number that is nobody's speaks against all: the token must speak for one. */
export function fittingStops(
  message: TransactionMessage,
  transactions: readonly TransactionState[],
): TransactionState[] {
  const open = transactions.filter(
    (transaction) =>
      !transaction.stationNamed &&
      !isStopRecord(transaction) &&
      (transaction.state === 'active' || transaction.end?.inferred !== null),
  );
  const namesNobody = message.id !== null && !transactions.some(({ transactionId }) => transactionId === message.id);
  return open.filter(
    (transaction) =>
      fits(transaction, message, transactions) && (!namesNobody || tokenFits(transaction, message) === 'yes'),
  );
}

/** The same was said before, and no transaction has begun since that it could end. */
function repetition(
  { digest }: TransactionMessage,
  transactions: readonly TransactionState[],
  open: readonly TransactionState[],
): Outcome | undefined {
  const said = transactions.findLast(({ digests }) => digests.includes(digest));
  if (!said) return undefined;
  const heardAt = said.end?.receivedAt ?? said.lastHeardAt;
  const news = open.some((transaction) => transaction.state === 'active' && transaction.startReceivedAt > heardAt);
  return news ? undefined : { is: 'repetition', transactionId: said.assignedTo ?? said.transactionId };
}

function choose(message: TransactionMessage, open: readonly TransactionState[]): Outcome {
  const one = preferred(open, message);
  return one ? meant(one) : stopRecord(message, open.length);
}

function meant({ transactionId, state }: TransactionState): Outcome {
  return { is: state === 'ended' ? 'correction' : 'this', transactionId };
}

/** Kept under an id made of what it says, so that each is kept and a repetition finds its own. */
function stopRecord({ digest }: TransactionMessage, fitting: number): Outcome {
  return {
    is: 'unassigned',
    transactionId: `stop-${digest.slice(digest.indexOf(':') + 1).slice(0, 16)}`,
    why: fitting > 1 ? 'several_transactions_fit' : 'no_transaction_fits',
  };
}
