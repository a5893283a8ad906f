import { lastRegisterWh } from '../registers/index.ts';
import { isLater, placeFits, registerFits, tokenFits } from './evidence.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import { isStopRecord, type TransactionState } from './state.ts';
import { freeId } from './station-id.ts';

/*
 * OCPP 2.0.1: the station names its transactions and numbers their events. It may use a name again, begin its numbers anew in
 * mid-transaction, and send events in any order.
 */

export function decideNamed(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  const all = usesOf(message.id ?? '', transactions);
  const another: Outcome = {
    is: 'new',
    transactionId: freeId(message.id ?? '', new Set(all.map(({ transactionId }) => transactionId))),
    reused: all.length > 0,
  };
  const uses = all.filter((use) => placeFits(use, message));
  const current = uses.at(-1);
  if (!current) return another;
  const said = uses.findLast(({ digests }) => digests.includes(message.digest));
  if (said && !isNews(message, said, current)) return { is: 'repetition', transactionId: said.transactionId };
  return meantBy(message, uses, current) ?? another;
}

/** Undefined when another transaction than those is meant. */
function meantBy(
  message: TransactionMessage,
  uses: readonly TransactionState[],
  current: TransactionState,
): Outcome | undefined {
  switch (message.kind) {
    case 'started':
      return decideStarted(message, uses);
    case 'ended':
      return decideEnded(message, uses, current);
    case 'updated':
    case 'reading':
      return decideUpdated(message, uses, current);
  }
}

/** The transactions that have had the name, in the order in which they began. */
export function usesOf(stationId: string, transactions: readonly TransactionState[]): TransactionState[] {
  return transactions
    .filter((one) => one.stationNamed && one.stationTransactionId === stationId && !isStopRecord(one))
    .toSorted((one, other) => one.start.at - other.start.at || one.startReceivedAt - other.startReceivedAt);
}

/** Where the clock cannot be used, the same content after an end begins or belongs to another transaction. */
function isNews(message: TransactionMessage, said: TransactionState, current: TransactionState): boolean {
  if (!message.assumed) return false;
  if (message.kind === 'started') return said !== current || said.state === 'ended';
  return said !== current && tokenFits(current, message) !== 'no' && registerFits(current, message, []);
}

function decideStarted(message: TransactionMessage, uses: readonly TransactionState[]): Outcome | undefined {
  const same = uses.find((use) => use.startSeen && use.start.at === message.at && tokenFits(use, message) !== 'no');
  if (same && !message.assumed) return { is: 'correction', transactionId: same.transactionId };
  // Its later events came first.
  const waiting = uses.find(
    (use) => !use.startSeen && tokenFits(use, message) !== 'no' && !isLater(message.at, use.start.at),
  );
  return waiting && { is: 'this', transactionId: waiting.transactionId };
}

function decideUpdated(
  message: TransactionMessage,
  uses: readonly TransactionState[],
  current: TransactionState,
): Outcome | undefined {
  const use = holding(message, uses, current);
  const { end } = use;
  const over = end !== null && end.inferred === null && isLater(message.at, end.at);
  // A sequence number that was missing belongs to this transaction, whatever the clock says.
  const anew = over && (message.seqNo ?? 0) <= end.seq && wasSeen(use, message.seqNo ?? 0);
  if (use === current && (anew || (over && tokenFits(use, message) === 'no'))) return undefined;
  return { is: 'this', transactionId: use.transactionId };
}

function wasSeen({ seen }: TransactionState, seqNo: number): boolean {
  return seen.some(([from, to]) => from <= seqNo && seqNo <= to);
}

function decideEnded(
  message: TransactionMessage,
  uses: readonly TransactionState[],
  current: TransactionState,
): Outcome | undefined {
  const use = holding(message, uses, current);
  const { transactionId, end } = use;
  if (end === null) return { is: 'this', transactionId };
  if (end.inferred !== null) return { is: 'correction', transactionId };
  // The numbers have begun anew and the register has moved: the start of this transaction is late, or lost.
  const anew =
    message.at > end.at && (message.seqNo ?? 0) <= end.seq && message.stopWh !== lastRegisterWh(use.registers);
  if (anew || tokenFits(use, message) === 'no') return undefined;
  return { is: 'correction', transactionId };
}

/** The latest transaction that had begun at the time of the message. */
function holding(
  message: TransactionMessage,
  uses: readonly TransactionState[],
  current: TransactionState,
): TransactionState {
  if (message.assumed) return current;
  return uses.findLast((use) => use.startAssumed || use.start.at <= message.at) ?? uses[0] ?? current;
}
