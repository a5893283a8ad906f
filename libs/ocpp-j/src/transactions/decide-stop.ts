import { lastRegisterWh } from '../registers/index.ts';
import { exceeds, fits, hadBegun, isFollowed, isLater, preferred, tokenFits } from './evidence.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import { isStopRecord, type TransactionState } from './state.ts';
import { freeId } from './station-id.ts';

/** Stops that a charge point tells while it loses power or restarts; the true one may follow. */
const PROVISIONAL: ReadonlySet<string> = new Set(['PowerLoss', 'Reboot', 'HardReset', 'SoftReset']);

export function isProvisional(reason: string): boolean {
  return PROVISIONAL.has(reason);
}

/** OCPP 1.6 StopTransaction: it names a number, which may be missing, another's, or of a transaction that ended before. */
export function decideStop(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  const named = transactions.find(({ transactionId }) => transactionId === message.id);
  if (named?.digests.includes(message.digest) && !isStopRecord(named))
    return { is: 'repetition', transactionId: named.transactionId };
  const open = fittingStops(message, transactions);
  return repetition(message, transactions, open) ?? decideNews(message, open, transactions);
}

/** Which transaction a stop would end that was kept without one. */
export function decideKeptStop(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  return decideNews(message, fittingStops(message, transactions), transactions);
}

function decideNews(
  message: TransactionMessage,
  open: readonly TransactionState[],
  transactions: readonly TransactionState[],
): Outcome {
  const named = transactions.find(({ transactionId }) => transactionId === message.id);
  if (named && !isStopRecord(named)) return decideNamedStop(message, named, open, transactions);
  const one = preferred(open, message, transactions);
  return one ? meant(one) : stopRecord(message, open.length, transactions);
}

function decideNamedStop(
  message: TransactionMessage,
  named: TransactionState,
  open: readonly TransactionState[],
  transactions: readonly TransactionState[],
): Outcome {
  const { transactionId } = named;
  const others = open.filter((other) => other !== named);
  const other = preferred(others, message, transactions);
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
  // Where the named one may still be meant, the other is only if its token is told.
  const settled =
    other && (tokenFits(other, message) === 'yes' || !corrects || isFollowed(named, message, transactions));
  if (settled && other.startReceivedAt >= named.startReceivedAt) return meant(other);
  return stopRecord(message, others.length + (corrects ? 1 : 0), transactions);
}

/** Whether a stop may still come: its end was inferred, or is one that a true one may follow. */
export function staysOpen({ end }: TransactionState): boolean {
  return end !== null && (end.inferred !== null || isProvisional(end.reason));
}

/** The transactions that a stop which names none of them could end. A number that is nobody's speaks against all: the token must speak for one. */
function fittingStops(message: TransactionMessage, transactions: readonly TransactionState[]): TransactionState[] {
  const open = transactions.filter(
    (transaction) =>
      !transaction.stationNamed &&
      !isStopRecord(transaction) &&
      (transaction.state === 'active' || transaction.end?.inferred !== null || endedSo(transaction, message)),
  );
  const namesNobody = message.id !== null && !transactions.some(({ transactionId }) => transactionId === message.id);
  return open.filter(
    (transaction) =>
      fits(transaction, message, transactions) &&
      (!namesNobody || tokenFits(transaction, message) === 'yes' || endedSo(transaction, message)),
  );
}

/** Whether its end was told with the same time and register: then the stop may be that one, told with another number. */
function endedSo({ end, registers }: TransactionState, { at, assumed, stopWh }: TransactionMessage): boolean {
  return (
    !assumed && end?.inferred === null && end.at === at && stopWh !== undefined && lastRegisterWh(registers) === stopWh
  );
}

/** The same was said before, and no transaction has begun since that it could end. */
function repetition(
  message: TransactionMessage,
  transactions: readonly TransactionState[],
  open: readonly TransactionState[],
): Outcome | undefined {
  const said = transactions.findLast(({ digests }) => digests.includes(message.digest));
  if (!said) return undefined;
  const heardAt = said.end?.receivedAt ?? said.lastHeardAt;
  const news = open.some(
    (each) => each.state === 'active' && each.startReceivedAt > heardAt && hadBegun(each, message),
  );
  return news ? undefined : { is: 'repetition', transactionId: said.assignedTo ?? said.transactionId };
}

function meant({ transactionId, state }: TransactionState): Outcome {
  return { is: state === 'ended' ? 'correction' : 'this', transactionId };
}

/** The id under which a stop is kept that says this. */
export function stopRecordId(digest: string): string {
  return `stop-${digest.slice(digest.indexOf(':') + 1).slice(0, 16)}`;
}

/** Kept under an id made of what it says; one that says the same and is no repetition has its own. */
function stopRecord(
  { digest }: TransactionMessage,
  fitting: number,
  transactions: readonly TransactionState[],
): Outcome {
  return {
    is: 'unassigned',
    transactionId: freeId(stopRecordId(digest), new Set(transactions.map(({ transactionId }) => transactionId))),
    why: fitting > 1 ? 'several_transactions_fit' : 'no_transaction_fits',
  };
}
