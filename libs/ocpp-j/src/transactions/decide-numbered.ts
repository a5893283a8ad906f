import { lastRegisterWh } from '../registers/index.ts';
import { staysOpen } from './decide-stop.ts';
import { exceeds, isFollowed, isLater, placeFits, sameToken, startRegisterWh } from './evidence.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import { isStopRecord, type TransactionState } from './state.ts';

/*
 * OCPP 1.6: the gateway numbers transactions, and a charge point that lost the number sends none.
 */

/**
 * A start is known by connector, id tag, time and register (errata v4.0 section 3.18), unless something has happened since
 * that makes it a new one.
 */
export function decideStart(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  const earlier = startedAs(message, transactions);
  if (earlier && !isNews(message, earlier)) return { is: 'repetition', transactionId: earlier.transactionId };
  return { is: 'new', transactionId: message.id ?? '', reused: false };
}

function startedAs({ startKey, assumed, at }: TransactionMessage, transactions: readonly TransactionState[]) {
  if (!startKey) return undefined;
  return transactions.findLast(
    (transaction) =>
      transaction.startKey !== null &&
      transaction.startKey.connectorId === startKey.connectorId &&
      sameToken(transaction.startKey.idTag, startKey.idTag) &&
      transaction.startKey.meterStart === startKey.meterStart &&
      (transaction.startKey.timestamp === startKey.timestamp ||
        (!assumed && !transaction.startAssumed && transaction.start.at === at)),
  );
}

/**
 * The earlier transaction has ended. A clock that starts anew at each power-up gives the same time again; a clock that was right
 * when the earlier start came gives it for the same start only. A meter that went on cannot be at the same value again.
 */
function isNews(message: TransactionMessage, earlier: TransactionState): boolean {
  if (earlier.state === 'active') return message.assumed && earlier.suspect !== null && wasHeardOf(earlier);
  if (message.assumed) return true;
  if (earlier.startReceivedAt - earlier.start.at < PROMPT_MS) return false;
  const start = startRegisterWh(earlier);
  const last = lastRegisterWh(earlier.registers);
  return start === null || last === null || start === 0 || last <= start;
}

/** A charge point that continues a transaction has got the answer to its start, so it does not repeat the start. */
function wasHeardOf({ lastHeardAt, startReceivedAt }: TransactionState): boolean {
  return lastHeardAt > startReceivedAt;
}

/** If a message arrives this soon after its own time, the clock is right. */
const PROMPT_MS = 5 * 60_000;

/**
 * Readings of a transaction name it. A reading without an id belongs to the transaction that runs there, if nothing speaks
 * against it.
 */
export function decideReading(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  const none: Outcome = { is: 'unassigned', transactionId: null, why: 'no_transaction_fits' };
  if (message.id !== null) {
    const named = transactions.find(({ transactionId }) => transactionId === message.id);
    return named && !isStopRecord(named) && mayBeOf(named, message, transactions)
      ? { is: 'this', transactionId: named.transactionId }
      : none;
  }
  const running = transactions.filter(
    (transaction) =>
      transaction.state === 'active' &&
      transaction.evseId === message.evseId &&
      message.evseId > 0 &&
      transaction.suspect?.reason !== 'available',
  );
  const only = running.length === 1 ? running[0] : undefined;
  return only ? { is: 'this', transactionId: only.transactionId } : none;
}

/** A number from another connector, or one that is still used after its transaction, is no evidence. */
function mayBeOf(
  named: TransactionState,
  message: TransactionMessage,
  transactions: readonly TransactionState[],
): boolean {
  if (!placeFits(named, message)) return false;
  const { end } = named;
  if (end === null) return true;
  if (!staysOpen(named) && isLater(message.at, end.at)) return false;
  const stopWh = lastRegisterWh(message.registers);
  const atRegister = { ...message, ...(stopWh !== null && { stopWh }) };
  return !isFollowed(named, message, transactions) && !exceeds(named, atRegister, transactions);
}
