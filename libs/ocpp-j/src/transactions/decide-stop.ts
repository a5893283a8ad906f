import { lastRegisterWh } from '../registers/index.ts';
import { exceeds, fits, hadBegun, isFollowed, isLater, preferred, tokenFits } from './evidence.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import { isStopRecord, type TransactionState } from './state.ts';
import { freeId } from './station-id.ts';

/** Reasons of stops that a charge point sends while it loses power or restarts. The true stop may follow. */
const PROVISIONAL: ReadonlySet<string> = new Set(['PowerLoss', 'Reboot', 'HardReset', 'SoftReset']);

export function isProvisional(reason: string): boolean {
  return PROVISIONAL.has(reason);
}

/** OCPP 1.6 StopTransaction: its number may be missing, belong to another transaction, or to one that ended before. */
export function decideStop(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  const named = transactions.find(({ transactionId }) => transactionId === message.id);
  if (named?.digests.includes(message.digest) && !isStopRecord(named))
    return { is: 'repetition', transactionId: named.transactionId };
  const open = fittingStops(message, transactions);
  return repetition(message, transactions, open) ?? decideNews(message, open, transactions);
}

/** The transaction that an unassigned stop would end. */
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
    // The number counts, unless all other evidence speaks for another transaction. A register that fell does not change that.
    const another = !fitsNamed && other && tokenFits(other, message) === 'yes' ? other : named;
    return meant(another);
  }
  // An end that is earlier or lower than the known one loses against it. That is no reason to look for another transaction.
  const corrects = tokenFits(named, message) !== 'no' && !exceeds(named, message, transactions);
  if (corrects && (staysOpen(named) || !isLater(message.at, named.end?.at ?? 0) || others.length === 0))
    return { is: 'correction', transactionId };
  // Where the named transaction may still be meant, another one is meant only if the stop has its token.
  const settled =
    other && (tokenFits(other, message) === 'yes' || !corrects || isFollowed(named, message, transactions));
  if (settled && other.startReceivedAt >= named.startReceivedAt) return meant(other);
  return stopRecord(message, others.length + (corrects ? 1 : 0), transactions);
}

/** Whether a stop may still come: its end was inferred, or is of a kind after which a true one may follow. */
export function staysOpen({ end }: TransactionState): boolean {
  return end !== null && (end.inferred !== null || isProvisional(end.reason));
}

/**
 * The transactions that a stop which names none of them could end. A number that belongs to no transaction speaks against
 * all of them, so the token must speak for one.
 */
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

/** Whether its end was reported with the same time and register: then the stop may be the same one under another number. */
function endedSo({ end, registers }: TransactionState, { at, assumed, stopWh }: TransactionMessage): boolean {
  return (
    !assumed && end?.inferred === null && end.at === at && stopWh !== undefined && lastRegisterWh(registers) === stopWh
  );
}

/** The same stop came before, and no transaction that it could end has begun since. */
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

/** The id under which a stop with this content is kept. */
export function stopRecordId(digest: string): string {
  return `stop-${digest.slice(digest.indexOf(':') + 1).slice(0, 16)}`;
}

/** A stop is kept under an id that is made of its content. A stop of the same content that is no repetition gets another id. */
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
