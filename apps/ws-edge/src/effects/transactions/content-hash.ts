import type { TransactionEffect } from '@ocpp-gw/persistence/facts';
import { createHash } from 'node:crypto';

/**
 * A hash that is equal for two messages of a transaction with the same content. It leaves out what a retry may change:
 * the answers given, `offline`, and times that were filled in at receipt.
 */
export function contentHash(effect: TransactionEffect): string {
  const { kind, triggerReason, chargingState, idToken, samples, evseId, connectorId } = effect;
  const { remoteStartId, reservationId } = effect;
  const content = JSON.stringify([
    kind,
    reportedTime(effect),
    triggerReason,
    chargingState,
    idToken?.idToken.toLowerCase(),
    evseId,
    connectorId,
    remoteStartId,
    reservationId,
    kind === 'transactionEnded' ? [effect.reason, effect.meterStopWh] : undefined,
    kind === 'transactionStarted' ? effect.meterStartWh : undefined,
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

function reportedTime({ time: { raw, at, assumed } }: TransactionEffect): string | null {
  return raw ?? (assumed ? null : at.toISOString());
}
