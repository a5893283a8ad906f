import { setTimeout as sleep } from 'node:timers/promises';
import { postgresDifferences, type Acknowledged, type Difference, type KeptInPostgres } from '@ocpp-gw/chaos';

export interface Balance {
  /** Transactions that chargers saw acknowledged. */
  started: number;
  ended: number;
  /** Numbered events of 2.0.1. */
  events: number;
  differences: readonly Difference[];
  /** Until nothing differed, or waiting was given up. */
  seconds: number;
}

const LONGEST_WAIT_MS = 300_000;
const POLL_MS = 1_000;

/** Compares what chargers saw acknowledged with what is kept, until nothing differs: what waits for delivery gets time. */
export async function balance(
  acknowledged: readonly Acknowledged[],
  readKept: () => Promise<KeptInPostgres>,
  longestMs = LONGEST_WAIT_MS,
): Promise<Balance> {
  const begunAt = performance.now();
  const own = new Set(acknowledged.map(({ cpId }) => cpId));
  for (;;) {
    const kept = await readKept();
    const differences = postgresDifferences(acknowledged, {
      transactions: kept.transactions.filter(({ cpId }) => own.has(cpId)),
      numbered: kept.numbered.filter(({ cpId }) => own.has(cpId)),
      undelivered: kept.undelivered,
    });
    const elapsed = performance.now() - begunAt;
    if (differences.length === 0 || elapsed > longestMs)
      return {
        started: acknowledged.filter(({ kind }) => kind === 'started').length,
        ended: acknowledged.filter(({ kind }) => kind === 'ended').length,
        events: acknowledged.filter(({ seqNo }) => seqNo !== undefined).length,
        differences,
        seconds: elapsed / 1000,
      };
    await sleep(POLL_MS);
  }
}
