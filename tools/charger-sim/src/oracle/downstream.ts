import type { KeptTransaction } from './judge.ts';

/** The session as a receiver of the gateway has it: the highest revision that it received. */
export interface DownstreamSession {
  cp_id: string;
  transaction_id: string;
  /** Null or empty when none was published. */
  id_token: string | null;
  energy_wh: number | null;
}

/** Where a receiver differs from REST about a transaction that has ended. */
export function differencesDownstream(
  who: string,
  kept: readonly KeptTransaction[],
  received: readonly DownstreamSession[],
): { cpId: string; what: string }[] {
  const known = new Map(received.map((each) => [nameOf(each), each]));
  const ended = kept.filter(({ state, unassigned_reason }) => state === 'ended' && !unassigned_reason);
  return ended.flatMap((record) => {
    const session = known.get(nameOf(record));
    const faults = session ? differing(record, session) : ['knows nothing of it'];
    return faults.map((fault) => ({ cpId: record.cp_id, what: `${record.transaction_id}: ${who} ${fault}` }));
  });
}

function differing(record: KeptTransaction, received: DownstreamSession): string[] {
  const pairs = [
    ['energy', received.energy_wh, record.energy_wh],
    ['token', received.id_token || null, record.id_token],
  ] as const;
  return pairs
    .filter(([, one, other]) => one !== other)
    .map(([field, one, other]) => `has ${field} ${String(one)}, REST ${String(other)}`);
}

function nameOf({ cp_id, transaction_id }: Pick<DownstreamSession, 'cp_id' | 'transaction_id'>): string {
  return `${cp_id} ${transaction_id}`;
}

/** Of calls in the order of their arrival, the last word about each transaction: the highest revision. */
export function lastWords<Call extends { revision?: number }>(calls: readonly Call[]): Call[] {
  return calls.toSorted((one, other) => (one.revision ?? 0) - (other.revision ?? 0));
}
