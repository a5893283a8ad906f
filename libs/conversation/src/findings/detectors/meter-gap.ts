import type { SeenTransaction } from '../../overview/transactions.ts';
import { type Detector, duration } from '../detector.ts';
import { readingsOf } from './register-series.ts';

/** From so many pauses the usual one is known. */
const ENOUGH_PAUSES = 3;
/** A pause is a gap when it takes this many times the usual one, and this long. */
const TIMES_USUAL = 5;
const SHORTEST_GAP_MS = 300_000;

export const meterGap: Detector = {
  kind: 'meter-gap',
  *find({ transactions, conversation: { now } }, { meterGapS }) {
    for (const transaction of transactions) {
      const moments = momentsOf(transaction, now);
      const limitMs = limitOf(transaction) ?? meterGapS * 1000;
      for (const [i, to] of moments.entries()) {
        const from = moments[i - 1];
        if (from === undefined || to - from <= limitMs) continue;
        const detail = `session ${transaction.id}: no reading for ${duration(to - from)}`;
        const frames = [transaction.start?.frame, transaction.end?.frame];
        yield { at: new Date(from), until: new Date(to), frames, detail };
      }
    }
  },
};

/** When something was read, between start and end; while the session runs, until now. In order of time. */
function momentsOf(transaction: SeenTransaction, now: Date | undefined): number[] {
  const { start, end } = transaction;
  const last = end?.effect.time.at ?? (start && now);
  const edges = [start?.effect.time.at, last].flatMap((at) => (at ? [at.getTime()] : []));
  return [...edges, ...readTimes(transaction)].toSorted((a, b) => a - b);
}

function readTimes(transaction: SeenTransaction): number[] {
  return readingsOf(transaction).flatMap(({ samples }) => samples.map(({ at }) => at.getTime()));
}

/** Undefined while the session has too few readings for a usual pause. */
function limitOf(transaction: SeenTransaction): number | undefined {
  const times = [...new Set(readTimes(transaction))].toSorted((a, b) => a - b);
  const pauses = times.slice(1).map((at, i) => at - (times[i] as number));
  if (pauses.length < ENOUGH_PAUSES) return undefined;
  const usual = pauses.toSorted((a, b) => a - b)[pauses.length >> 1] as number;
  return Math.max(usual * TIMES_USUAL, SHORTEST_GAP_MS);
}
