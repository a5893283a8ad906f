import { createHash } from 'node:crypto';
import type { TransactionEntry } from '../entry.ts';

/**
 * Tells a repetition of an event from another event under the same seqNo (stations that restart their count). Left out
 * is what a retry may change: the answers given, `offline`, and times that receipt has filled in.
 */
export function contentHash({ effect }: TransactionEntry): string {
  const { kind, time, triggerReason, chargingState, idToken, samples, evseId, connectorId } = effect;
  const { remoteStartId, reservationId } = effect;
  const content = JSON.stringify([
    kind,
    time.raw ?? time.at.toISOString(),
    triggerReason,
    chargingState,
    idToken?.idToken.toLowerCase(),
    evseId,
    connectorId,
    remoteStartId,
    reservationId,
    effect.kind === 'transactionEnded' ? effect.reason : undefined,
    samples.map((sample) => [
      sample.measurand,
      sample.phase,
      sample.location,
      sample.context,
      sample.rawValue,
      sample.rawUnit,
    ]),
  ]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
