import { momentOf, ownClock } from '../charger-time.ts';
import type { ChargerTime } from '../effect-values.ts';
import type {
  Effect,
  MeterValuesEffect,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '../effects.ts';
import { lastRegisterWh, readRegisters } from '../registers/index.ts';
import type { TransactionMessage } from './message.ts';
import { gatewayTransactionId } from './station-id.ts';

type TransactionEffect = TransactionStartedEffect | TransactionUpdatedEffect | TransactionEndedEffect;

const KIND = { transactionStarted: 'started', transactionUpdated: 'updated', transactionEnded: 'ended' } as const;

/** What is known of a message besides its effect. */
export interface Receipt {
  protocol: string;
  now: Date;
  /** Makes {@link TransactionMessage.digest}. */
  digestOf(effect: TransactionEffect): string;
}

/** The part of an effect that is about a transaction; null when there is none. */
export function transactionMessageOf(effect: Effect, receipt: Receipt): TransactionMessage | null {
  if (isOfTransaction(effect)) return eventMessage(effect, receipt);
  if (effect.kind !== 'meterValues' || effect.transactionId === undefined) return null;
  return readingMessage(effect, receipt);
}

function isOfTransaction(effect: Effect): effect is TransactionEffect {
  return effect.kind in KIND;
}

/**
 * A text that is equal for two messages of a transaction with the same content. It leaves out what a retry may change:
 * the answers given, `offline`, and times that were filled in at receipt.
 */
export function transactionContent(effect: TransactionEffect): string {
  const { kind, triggerReason, chargingState, idToken, samples, evseId, connectorId } = effect;
  const { remoteStartId, reservationId } = effect;
  return JSON.stringify([
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
}

function reportedTime({ time: { raw, at, assumed } }: TransactionEffect): string | null {
  return raw ?? (assumed ? null : at.toISOString());
}

function eventMessage(effect: TransactionEffect, { protocol, now, digestOf }: Receipt): TransactionMessage {
  const kind = KIND[effect.kind];
  const { seqNo, time, idToken, idTokenStatus, groupToken, chargingState, totalCost, cost } = effect;
  const { remoteStartId, reservationId } = effect;
  const ended = effect.kind === 'transactionEnded' ? effect : undefined;
  const started = effect.kind === 'transactionStarted' ? effect : undefined;
  const registers = readRegisters({
    role: kind,
    samples: effect.samples,
    meterStartWh: started?.meterStartWh,
    meterStopWh: ended?.meterStopWh,
    ...momentOf(time),
  });
  const stopWh = ended && (ended.meterStopWh ?? lastRegisterWh(registers) ?? undefined);
  return {
    kind,
    protocol,
    stationNamed: seqNo !== undefined,
    id:
      seqNo === undefined ? (ended?.unnamed ? null : effect.transactionId) : gatewayTransactionId(effect.transactionId),
    rawId: effect.transactionId,
    ...(seqNo !== undefined && { seqNo }),
    evseId: effect.evseId,
    connectorId: effect.connectorId,
    at: time.at.getTime(),
    assumed: time.assumed === true,
    receivedAt: now.getTime(),
    ...(effect.offline !== true && delayOf(time, now)),
    digest: digestOf(effect),
    ...(idToken && { idToken }),
    ...(idTokenStatus !== undefined && { idTokenStatus }),
    ...(groupToken !== undefined && { groupToken }),
    ...(started?.meterStartWh !== undefined && { startWh: started.meterStartWh }),
    ...(stopWh !== undefined && { stopWh }),
    registers,
    ...(ended && { reason: ended.reason }),
    ...(chargingState !== undefined && { chargingState }),
    ...(totalCost !== undefined && { totalCost }),
    ...(cost && { cost }),
    ...(remoteStartId !== undefined && { remoteStartId }),
    ...(reservationId !== undefined && { reservationId }),
    ...(started?.naturalKey && { startKey: started.naturalKey }),
  };
}

function readingMessage(effect: MeterValuesEffect, { protocol, now }: Receipt): TransactionMessage {
  const { time, samples, transactionId = null } = effect;
  return {
    kind: 'reading',
    protocol,
    stationNamed: false,
    id: transactionId,
    evseId: effect.evseId,
    connectorId: effect.connectorId,
    at: time.at.getTime(),
    assumed: time.assumed === true,
    receivedAt: now.getTime(),
    ...delayOf(time, now),
    digest: '',
    registers: readRegisters({ role: 'reading', samples, ...momentOf(time) }),
  };
}

function delayOf(time: ChargerTime, now: Date): { delayMs?: number } {
  const clock = ownClock(momentOf(time));
  return clock === null ? {} : { delayMs: now.getTime() - clock };
}
