import {
  addRemoteStart,
  assignTo,
  changesOf,
  dropRemoteStart,
  gatewayTransactionId,
  inferEnd,
  mergeRegisters,
  readRegisters,
  record,
  suspectAfterBoot,
  suspectWhereAvailable,
  usesOf,
  type Change,
  type Ledger,
  type StopAssignedEffect,
  type TransactionEndInferredEffect,
  type TransactionMessage,
  type TransactionState,
  type TransactionStatusReportedEffect,
} from '@ocpp-gw/ocpp-j';
import { isDeepStrictEqual } from 'node:util';
import { FACTS, isKind, type Decided, type Entry, type EntryOf, type Planned } from '@ocpp-gw/persistence/facts';

/** Whether an effect changes, or may change, the transactions of a charge point. */
export function concernsTransactions(entry: Entry): boolean {
  if (isKind('connectorStatus', entry)) return entry.effect.status === 'Available';
  if (isKind('meterValues', entry)) return entry.effect.transactionId !== undefined;
  return isKind('stationBooted', entry) || FACTS[entry.effect.kind].table === 'transactions';
}

/**
 * Decides one effect. `message` is its part about a transaction, null when it has none. Pure.
 * @throws EventsNeededError
 */
export function decideEntry(
  ledger: Ledger,
  entry: Entry,
  message: TransactionMessage | null,
  events?: readonly TransactionMessage[],
): Decided {
  if (message) return { ...record(ledger, message, events), message };
  const now = entry.now.getTime();
  const { transactions, remoteStarts } = ledger;
  if (isKind('stationBooted', entry)) return changesOf(ledger, suspectAfterBoot(transactions, now));
  if (isKind('connectorStatus', entry))
    return changesOf(ledger, suspectWhereAvailable(transactions, entry.effect.evseId, now));
  if (isKind('transactionStatusReported', entry)) return changesOf(ledger, afterStatus(transactions, entry, now));
  if (isKind('transactionEndInferred', entry)) return changesOf(ledger, afterInference(transactions, entry, now));
  if (isKind('stopAssigned', entry)) return changesOf(ledger, afterAssignment(transactions, entry.effect));
  if (isKind('remoteStartSent', entry)) {
    const { remoteStartId, idToken, connectorId, sentAt } = entry.effect;
    const sent = { remoteStartId, idToken, connectorId, sentAt: sentAt.getTime() };
    return { ledger: { ...ledger, remoteStarts: addRemoteStart(remoteStarts, sent) }, changes: [] };
  }
  if (isKind('remoteStartRefused', entry)) {
    const left = dropRemoteStart(transactions, remoteStarts, entry.effect.remoteStartId);
    return changesOf({ ...ledger, remoteStarts: left.remoteStarts }, left.transactions);
  }
  return { ledger, changes: [] };
}

export function planned(ledger: Ledger, decided: Decided): Planned {
  const writes =
    decided.ledger.remoteStarts !== ledger.remoteStarts ||
    decided.changes.some((change) => isWorthARow(change, decided.message));
  return { ...decided, version: ledger.version, writes };
}

/** Whether a row has to be written. A mere repetition is remembered in memory and written nowhere. */
function isWorthARow({ before, after }: Change, message: TransactionMessage | undefined): boolean {
  if (message?.kind !== 'reading' || before === undefined) return true;
  return (
    before.revision !== after.revision ||
    before.suspect !== after.suspect ||
    // Postgres returns the keys of JSON in its own order.
    !isDeepStrictEqual(before.registers, after.registers)
  );
}

/**
 * 2.0.1 E14: nothing is final while messages are queued. When the transaction is over and the queue is empty, all
 * messages were sent.
 */
function afterStatus(
  transactions: readonly TransactionState[],
  { effect }: EntryOf<'transactionStatusReported'>,
  now: number,
): readonly TransactionState[] {
  const { ongoing, messagesInQueue }: TransactionStatusReportedEffect = effect;
  const asked = usesOf(gatewayTransactionId(effect.transactionId), transactions).at(-1);
  if (!asked) return transactions;
  const final = !ongoing && !messagesInQueue;
  const reported = {
    ...asked,
    messagesInQueue,
    gapsFinal: asked.gapsFinal || final,
    ...(ongoing && { suspect: null }),
  };
  const next = final ? inferEnd(reported, 'status_answer', now) : reported;
  return saysTheSame(asked, next) ? transactions : swap(transactions, asked, next);
}

function saysTheSame(one: TransactionState, other: TransactionState): boolean {
  return (['state', 'messagesInQueue', 'gapsFinal', 'suspect'] as const).every((field) => one[field] === other[field]);
}

function afterInference(
  transactions: readonly TransactionState[],
  { effect }: EntryOf<'transactionEndInferred'>,
  now: number,
): readonly TransactionState[] {
  const { transactionId, cause, at, meterStopWh, reason }: TransactionEndInferredEffect = effect;
  const running = transactions.find((each) => each.transactionId === transactionId && each.state === 'active');
  if (!running) return transactions;
  const ended = inferEnd(running, cause, now, {
    ...(at && { at: at.getTime() }),
    ...(reason !== undefined && { reason }),
  });
  if (meterStopWh === undefined) return swap(transactions, running, ended);
  const reported = readRegisters({ role: 'ended', samples: [], meterStopWh, at: new Date(ended.end?.at ?? now) });
  return swap(transactions, running, { ...ended, registers: mergeRegisters(ended.registers, reported) });
}

function afterAssignment(
  transactions: readonly TransactionState[],
  { transactionId, to }: StopAssignedEffect,
): readonly TransactionState[] {
  const stop = transactions.find((each) => each.transactionId === transactionId && each.stop !== null);
  const target = transactions.find((each) => each.transactionId === to);
  if (!stop?.stop || !target) return transactions;
  return assignTo(transactions, stop, target, stop.stop);
}

function swap(
  transactions: readonly TransactionState[],
  old: TransactionState,
  next: TransactionState,
): readonly TransactionState[] {
  return transactions.map((each) => (each === old ? next : each));
}
