import {
  publishEnergy,
  unnumberedCurve,
  wayOf,
  type EnergyInterval,
  type EnergyPoint,
  type EnergyState,
} from '../energy/index.ts';
import type { Sample } from '../effects.ts';
import { bill } from './bill.ts';
import { qualityOf } from './quality.ts';
import type { TransactionState } from './state.ts';

/**
 * The end as it is published; null while the transaction runs. Where the clock was set back meanwhile, the duration follows
 * from receive times.
 */
export function endedAt({ start, startReceivedAt, end }: TransactionState): number | null {
  if (end === null || end.at >= start.at) return end?.at ?? null;
  return start.at + Math.max(0, end.receivedAt - startReceivedAt);
}

/** A transaction with what has to be published of it: its next revision if its facts have changed, and its energy. */
export function published(
  before: TransactionState | undefined,
  after: TransactionState,
  samples: readonly Sample[] = [],
): { after: TransactionState; intervals: readonly EnergyInterval[] } {
  const isSame = before !== undefined && facts(before) === facts(after);
  const revision = isSame && hasSameQuality(before, after) ? before.revision : (before?.revision ?? 0) + 1;
  const corrected = after.corrected || (!isSame && before?.state === 'ended');
  const { curve, intervals } = publishEnergy(after.curve ?? publishedAtOnce(before), energyOf(after, samples));
  return { after: { ...after, revision, curve, corrected }, intervals };
}

/** An older build has published the energy of an ended transaction, but no intervals. */
function publishedAtOnce(before: TransactionState | undefined) {
  return before?.state === 'ended' ? unnumberedCurve(energyOf(before, [])) : null;
}

function energyOf(transaction: TransactionState, samples: readonly Sample[]): EnergyState {
  const { energyWh, meterStartWh, startAt: baseAt, source } = bill(transaction);
  const startAt = transaction.start.at;
  // What is counted from a reading in passing was drawn after it.
  const begin: EnergyPoint[] = baseAt === null || baseAt <= startAt ? [] : [[baseAt, 0]];
  return {
    startAt,
    at: endedAt(transaction) ?? Math.max(startAt, reachedAt(transaction)),
    wh: energyWh,
    base: meterStartWh,
    source,
    way: energyWh === null || source === null ? [] : [...begin, ...wayOf(samples, { energyWh, meterStartWh, source })],
  };
}

/** When a running transaction had the energy of its bill. An interval has a time by the charge point's own clock only. */
function reachedAt(transaction: TransactionState): number {
  const { stopAt, meterStartWh } = bill(transaction);
  const { start, registers } = transaction;
  if (stopAt === null) return start.at;
  return meterStartWh === null ? stopAt - (registers.startedAt ?? stopAt) + start.at : stopAt;
}

/** Of an ended one. Whoever read a state of an earlier build has no delay to compare with. */
function hasSameQuality(before: TransactionState, after: TransactionState): boolean {
  if (after.state !== 'ended') return true;
  const flags = (transaction: TransactionState) =>
    qualityOf(transaction).filter((flag) => flag !== 'clock_skew' || before.delayMs !== null);
  return flags(before).join() === flags(after).join();
}

/** What is published of a session, without the progress of a running one. */
function facts(transaction: TransactionState): string {
  const ended = transaction.state === 'ended';
  const { meterStartWh, meterStopWh, energyWh, reason } = bill(transaction);
  return JSON.stringify([
    transaction.state,
    transaction.startSeen,
    transaction.evseId,
    transaction.connectorId,
    transaction.idToken,
    transaction.startSeen ? transaction.start.at : null,
    transaction.remoteStartId,
    transaction.reservationId,
    transaction.unassigned,
    transaction.assignedTo,
    meterStartWh,
    ended && [
      meterStopWh,
      energyWh,
      reason,
      endedAt(transaction),
      transaction.end?.reason,
      transaction.end?.inferred,
      transaction.totalCost,
      transaction.cost,
    ],
  ]);
}
