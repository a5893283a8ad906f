import type { Lease, RelayedLane, TakenRow } from '@ocpp-gw/persistence';

/** What a delivery may do while this instance leads. */
export interface Turn {
  lease: Lease;
  /** False: another instance may deliver the shard's rows from now on, so nothing more of it is begun. */
  leads(shard: number): boolean;
  /** Something has ended that others were waiting for. */
  wake(): void;
}

/** When to look again, besides when something is committed. */
export interface NextLook {
  /** At once: more is waiting. */
  shards: readonly number[];
  /** At all shards, after this time. */
  inMs?: number;
}

/** Carries the rows of one lane to their receiver. */
export interface Delivery {
  readonly lane: RelayedLane;
  /** Rejects where the receiver cannot be reached from here. */
  ready(): Promise<void>;
  /** Delivers what waits in these shards, or begins to. An error gives the lead up, for this instance or another to retry. */
  deliver(shards: readonly number[], turn: Turn): Promise<NextLook>;
  /** Whether nothing of the shard is being delivered. */
  idle(shard: number): boolean;
  /** Called before the lead is given up: ends what `deliver` has left running. */
  settle(): Promise<void>;
}

/** The shards that gave as many rows as they might, and so may have more. */
export function full(rows: readonly TakenRow[], limit: number): number[] {
  const shards = Map.groupBy(rows, ({ shard }) => shard);
  return [...shards].filter(([, of]) => of.length >= limit).map(([shard]) => shard);
}
