import type { EnergyProgress, EventFacts } from '@ocpp-gw/contracts';
import {
  bill,
  clockSkewSeconds,
  endedAt,
  qualityOf,
  type Change,
  type EnergyInterval,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import { missingSeqNos } from '@ocpp-gw/persistence';
import type { TransactionEffect } from '@ocpp-gw/persistence/facts';
import { int32, optionalInt32 } from '@ocpp-gw/persistence/facts';

type Payload = EventFacts['payload'];
type Intervals = readonly EnergyInterval[];

/*
 * Each carries what is known of the transaction as it now is. `samples` stay empty: they travel on cp.meter. `intervals` are given to
 * one event of a change.
 */

export function startedPayload(
  transaction: TransactionState,
  intervals: Intervals,
  message?: TransactionEffect,
): Payload {
  return {
    $case: 'transactionStarted',
    value: {
      ...identity(transaction),
      ...token(transaction),
      ...circumstances(message),
      ...causes(transaction),
      meterStartWh: bill(transaction).meterStartWh ?? undefined,
      chargingState: message?.chargingState ?? '',
      energy: energyProgress(transaction, intervals),
      ...quality(transaction),
      samples: [],
    },
  };
}

/** `message`: the charger's own, which tells the progress; absent where what is known has changed by another. */
export function updatedPayload(change: Change, intervals: Intervals, message?: TransactionEffect): Payload {
  const transaction = change.after;
  return {
    $case: 'transactionUpdated',
    value: {
      ...identity(transaction),
      ...token(transaction),
      ...circumstances(message),
      ...causes(transaction),
      meterStartWh: bill(transaction).meterStartWh ?? undefined,
      startedAt: startOf(transaction),
      replacedEndAt: replacedEnd(change),
      chargingState: message?.chargingState ?? '',
      energy: energyProgress(transaction, intervals),
      ...quality(transaction),
      samples: [],
    },
  };
}

export function endedPayload(change: Change, intervals: Intervals, message?: TransactionEffect): Payload {
  const transaction = change.after;
  const { end, totalCost, cost, unassigned, assignedTo } = transaction;
  const { meterStartWh, meterStopWh, energyWh, reason } = bill(transaction);
  const { idToken, idTokenType } = token(transaction);
  return {
    $case: 'transactionEnded',
    value: {
      ...identity(transaction),
      ...circumstances(message),
      ...causes(transaction),
      idToken,
      idTokenType,
      reason: end?.reason ?? '',
      meterStartWh: meterStartWh ?? undefined,
      meterStopWh: meterStopWh ?? undefined,
      energyWh: energyWh ?? undefined,
      energyReason: reason ?? '',
      startedAt: startOf(transaction),
      replacedEndAt: replacedEnd(change),
      missingSeqNos: transaction.stationNamed ? missingSeqNos(transaction.seen) : [],
      totalCost: totalCost ?? undefined,
      cost: cost ?? undefined,
      endInferred: end?.inferred ?? '',
      unassignedReason: unassigned ?? '',
      assignedTo: assignedTo ?? '',
      energy: energyProgress(transaction, intervals),
      ...quality(transaction),
      samples: [],
    },
  };
}

function quality(transaction: TransactionState) {
  return {
    quality: qualityOf(transaction),
    clockSkewSeconds: optionalInt32(clockSkewSeconds(transaction) ?? undefined),
  };
}

export function energyProgress({ curve, firstHeardAt }: TransactionState, intervals: Intervals): EnergyProgress {
  const [at, wh] = curve?.known ? (curve.points.at(-1) ?? [curve.startAt, 0]) : [];
  return {
    firstHeardAt: new Date(firstHeardAt),
    number: curve?.number ?? 0,
    energyWh: wh,
    reachedAt: at === undefined ? undefined : new Date(at),
    intervals: intervals.map(({ number, from, to, quality }) => ({
      number,
      fromAt: new Date(from[0]),
      fromWh: from[1],
      toAt: new Date(to[0]),
      toWh: to[1],
      quality: [...quality],
    })),
  };
}

function identity({ transactionId, stationTransactionId, evseId, connectorId, revision }: TransactionState) {
  return {
    transactionId,
    stationTransactionId: stationTransactionId === transactionId ? '' : stationTransactionId,
    evseId,
    connectorId,
    revision,
  };
}

function token({ idToken, idTokenStatus }: TransactionState) {
  return {
    idToken: idToken?.idToken ?? '',
    idTokenType: idToken?.type ?? '',
    idTokenStatus: idTokenStatus ?? '',
  };
}

function causes({ remoteStartId, reservationId }: TransactionState) {
  return { remoteStartId: remoteStartId ?? 0, reservationId: reservationId ?? 0 };
}

function circumstances(message: TransactionEffect | undefined) {
  const { triggerReason = '', offline = false, seqNo = 0 } = message ?? {};
  return { triggerReason, offline, seqNo: int32(seqNo) };
}

/** The end that was published before and holds no longer. */
function replacedEnd({ before, after }: Change): Date | undefined {
  const earlier = before ? endedAt(before) : null;
  return earlier === null || earlier === endedAt(after) ? undefined : new Date(earlier);
}

function startOf({ startSeen, start }: TransactionState): Date | undefined {
  return startSeen ? new Date(start.at) : undefined;
}
