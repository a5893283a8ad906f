import { decideNamed, usesOf } from './decide-named.ts';
import { begin, fold } from './fold.ts';
import type { TransactionMessage } from './message.ts';
import type { TransactionState } from './state.ts';
import { freeId } from './station-id.ts';

/**
 * Rebuilds the transactions under one station's id from all their messages in the order of their times. In the order of arrival an
 * early message may have been taken for a part of the wrong transaction. A transaction keeps its id as long as most of its messages
 * stay with it. What no message reported (an operator's end) stays with it, too.
 */
export function replay(
  transactions: readonly TransactionState[],
  message: TransactionMessage,
  events: readonly TransactionMessage[],
): readonly TransactionState[] {
  const uses = usesOf(message.id ?? '', transactions);
  const ordered = inOrder([...events, message]);
  let anew: readonly TransactionState[] = [];
  for (const event of ordered) anew = step(anew, event);
  return [...transactions.filter((each) => !uses.includes(each)), ...withIds(anew, uses, message.id ?? '')];
}

function withIds(
  anew: readonly TransactionState[],
  uses: readonly TransactionState[],
  stationId: string,
): TransactionState[] {
  const left = new Set(uses);
  const earlierOf = anew.map((each) => {
    const shared = (use: TransactionState) => use.digests.filter((digest) => each.digests.includes(digest)).length;
    const best = [...left].toSorted((one, other) => shared(other) - shared(one))[0];
    if (!best || shared(best) === 0) return undefined;
    left.delete(best);
    return best;
  });
  const taken = new Set(uses.map(({ transactionId }) => transactionId));
  return anew.map((each, index) => {
    const earlier = earlierOf[index];
    if (earlier) return carriedOver(each, earlier);
    const transactionId = freeId(stationId, taken);
    taken.add(transactionId);
    return { ...each, transactionId };
  });
}

function inOrder(events: readonly TransactionMessage[]): TransactionMessage[] {
  const place = ({ at, seqNo = 0 }: TransactionMessage) => [at, seqNo] as const;
  return events.toSorted((one, other) => {
    const [at, seq] = place(one);
    const [otherAt, otherSeq] = place(other);
    return at - otherAt || seq - otherSeq || (one.digest < other.digest ? -1 : 1);
  });
}

function step(transactions: readonly TransactionState[], event: TransactionMessage): readonly TransactionState[] {
  const outcome = decideNamed(event, transactions);
  if (outcome.is === 'repetition' || outcome.transactionId === null) return transactions;
  const known = transactions.find(({ transactionId }) => transactionId === outcome.transactionId);
  if (!known) return [...transactions, begin(event, { ...outcome, transactionId: outcome.transactionId })];
  return transactions.map((each) => (each === known ? fold(known, event) : each));
}

function carriedOver(anew: TransactionState, earlier: TransactionState): TransactionState {
  const { transactionId, firstHeardAt, curve, corrected, gapsFinal, messagesInQueue, revision, end } = earlier;
  const inferred = anew.end === null && end !== null && end.inferred !== null && end.inferred !== 'reused_id';
  return {
    ...anew,
    transactionId,
    firstHeardAt,
    curve,
    corrected,
    gapsFinal,
    messagesInQueue,
    revision,
    ...(inferred && { state: 'ended' as const, end }),
  };
}
