import { mergeRegisters } from '../registers/index.ts';
import { isProvisional } from './decide-stop.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import { before, type Place, type TransactionEnd, type TransactionState } from './state.ts';

/*
 * What a message adds to its transaction. Each field goes to the message whose place in the transaction says so, never to
 * the one that arrived last: any order of the same messages, and any repetition, ends in the same state.
 */

export function fold(transaction: TransactionState, message: TransactionMessage): TransactionState {
  const place: Place = { at: message.at, seq: message.seqNo ?? 0 };
  const { kind } = message;
  return {
    ...transaction,
    ...(kind === 'reading' ? {} : startOf(transaction, message, place)),
    ...tokenOf(transaction, message, place),
    ...endOf(transaction, message, place),
    ...latest(transaction, message, place),
    evseId: Math.max(transaction.evseId, message.evseId),
    connectorId: Math.max(transaction.connectorId, message.connectorId),
    remoteStartId: greatest(transaction.remoteStartId, message.remoteStartId),
    reservationId: greatest(transaction.reservationId, message.reservationId),
    registers: mergeRegisters(transaction.registers, message.registers),
    seen: message.seqNo === undefined ? transaction.seen : withNumber(transaction.seen, message.seqNo),
    lastEventAt: Math.max(transaction.lastEventAt, message.at),
    lastHeardAt: Math.max(transaction.lastHeardAt, message.receivedAt),
    suspect: kind === 'started' ? transaction.suspect : null,
    // Readings are no events of the transaction: if they come again, they are published again.
    digests:
      kind === 'reading' || transaction.digests.includes(message.digest)
        ? transaction.digests
        : [...transaction.digests, message.digest],
  };
}

/** The transaction that a message begins, or whose first message it is. */
export function begin(message: TransactionMessage, outcome: Outcome & { transactionId: string }): TransactionState {
  const { transactionId } = outcome;
  const blank: TransactionState = {
    transactionId,
    stationTransactionId: message.id ?? message.rawId ?? transactionId,
    protocol: message.protocol,
    stationNamed: message.stationNamed,
    state: 'active',
    startSeen: false,
    evseId: message.evseId,
    connectorId: message.connectorId,
    idToken: null,
    idTokenStatus: null,
    idTokenPlace: null,
    groupToken: null,
    start: { at: message.at, seq: message.seqNo ?? 0 },
    startAssumed: message.assumed,
    startReceivedAt: message.receivedAt,
    startKey: message.startKey ?? null,
    end: null,
    chargingState: null,
    chargingStatePlace: null,
    totalCost: null,
    cost: null,
    totalCostPlace: null,
    remoteStartId: null,
    reservationId: null,
    registers: message.registers,
    seen: [],
    lastEventAt: message.at,
    lastHeardAt: message.receivedAt,
    suspect: null,
    unassigned: outcome.is === 'unassigned' ? outcome.why : null,
    stop: outcome.is === 'unassigned' ? message : null,
    assignedTo: null,
    gapsFinal: false,
    messagesInQueue: null,
    revision: 0,
    digests: [],
  };
  return fold(blank, message);
}

/** Started gives the start; until it comes, the earliest message does. */
function startOf(transaction: TransactionState, message: TransactionMessage, place: Place): Partial<TransactionState> {
  const isStart = message.kind === 'started';
  const wins = isStart === transaction.startSeen ? before(place, transaction.start) : isStart;
  if (!wins) return {};
  return {
    startSeen: transaction.startSeen || isStart,
    start: place,
    startAssumed: message.assumed,
    startReceivedAt: Math.min(transaction.startReceivedAt, message.receivedAt),
    ...(message.startKey && { startKey: message.startKey }),
  };
}

/** The earliest token is that of the driver; a later one only stopped the transaction. */
function tokenOf(
  transaction: TransactionState,
  { kind, stationNamed, idToken, idTokenStatus, groupToken }: TransactionMessage,
  place: Place,
): Partial<TransactionState> {
  if (!idToken) return {};
  // A stop of 1.6 names who stopped, who may be anybody of the group.
  if (!stationNamed && kind === 'ended' && transaction.startSeen) return {};
  if (transaction.idTokenPlace !== null && !before(place, transaction.idTokenPlace)) return {};
  return { idToken, idTokenStatus: idTokenStatus ?? null, idTokenPlace: place, groupToken: groupToken ?? null };
}

function endOf(transaction: TransactionState, message: TransactionMessage, place: Place): Partial<TransactionState> {
  if (message.kind !== 'ended') return {};
  const end: TransactionEnd = {
    ...place,
    reason: message.reason ?? 'Local',
    inferred: null,
    receivedAt: message.receivedAt,
  };
  return { state: 'ended', end: transaction.end === null ? end : later(transaction.end, end) };
}

/** A reported end outranks an inferred one, and a final end a provisional one. Between equals the later counts. */
function later(one: TransactionEnd, other: TransactionEnd): TransactionEnd {
  const rank = ({ inferred, reason }: TransactionEnd) => (inferred !== null ? 0 : isProvisional(reason) ? 1 : 2);
  if (rank(one) !== rank(other)) return rank(one) > rank(other) ? one : other;
  if (one.at === other.at && one.seq === other.seq) return one.reason < other.reason ? other : one;
  return before(one, other) ? other : one;
}

function latest(
  transaction: TransactionState,
  { chargingState, totalCost, cost }: TransactionMessage,
  place: Place,
): Partial<TransactionState> {
  const wins = (than: Place | null) => than === null || !before(place, than);
  return {
    ...(chargingState !== undefined &&
      wins(transaction.chargingStatePlace) && { chargingState, chargingStatePlace: place }),
    ...(totalCost !== undefined &&
      wins(transaction.totalCostPlace) && { totalCost, cost: cost ?? null, totalCostPlace: place }),
  };
}

function greatest(one: number | null, other: number | undefined): number | null {
  if (other === undefined) return one;
  return one === null ? other : Math.max(one, other);
}

function withNumber(seen: TransactionState['seen'], seqNo: number): TransactionState['seen'] {
  const ranges = [...seen, [seqNo, seqNo] as const].toSorted(([one], [other]) => one - other);
  const joined: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
