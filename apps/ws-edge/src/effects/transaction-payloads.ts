import type { EventFacts } from '@ocpp-gw/contracts';
import { bill, type TransactionState } from '@ocpp-gw/ocpp-j';
import { missingSeqNos } from '@ocpp-gw/persistence';
import type { TransactionEffect } from '@ocpp-gw/persistence/facts';
import { int32 } from '@ocpp-gw/persistence/facts';

type Payload = EventFacts['payload'];

/* Each carries what is known of the transaction as it now is. `samples` stay empty: they travel on cp.meter. */

export function startedPayload(transaction: TransactionState, message?: TransactionEffect): Payload {
  return {
    $case: 'transactionStarted',
    value: {
      ...identity(transaction),
      ...token(transaction),
      ...circumstances(message),
      ...causes(transaction),
      meterStartWh: bill(transaction).meterStartWh ?? undefined,
      chargingState: message?.chargingState ?? '',
      samples: [],
    },
  };
}

/** `message`: the charger's own, which tells the progress; absent where what is known has changed by another. */
export function updatedPayload(transaction: TransactionState, message?: TransactionEffect): Payload {
  return {
    $case: 'transactionUpdated',
    value: {
      ...identity(transaction),
      ...token(transaction),
      ...circumstances(message),
      ...causes(transaction),
      meterStartWh: bill(transaction).meterStartWh ?? undefined,
      startedAt: startOf(transaction),
      chargingState: message?.chargingState ?? '',
      samples: [],
    },
  };
}

export function endedPayload(transaction: TransactionState, message?: TransactionEffect): Payload {
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
      missingSeqNos: transaction.stationNamed ? missingSeqNos(transaction.seen) : [],
      totalCost: totalCost ?? undefined,
      cost: cost ?? undefined,
      endInferred: end?.inferred ?? '',
      unassignedReason: unassigned ?? '',
      assignedTo: assignedTo ?? '',
      samples: [],
    },
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

function startOf({ startSeen, start }: TransactionState): Date | undefined {
  return startSeen ? new Date(start.at) : undefined;
}
