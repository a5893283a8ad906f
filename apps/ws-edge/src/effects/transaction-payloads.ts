import type { EventFacts } from '@ocpp-gw/contracts';
import type { TransactionEndedEffect, TransactionStartedEffect, TransactionUpdatedEffect } from '@ocpp-gw/ocpp-j';
import type { TransactionEffect, Written } from './entry.ts';
import { int32 } from './wire-values.ts';

type Payload = EventFacts['payload'];

const FIRST_TELLING = { revision: 0, stationTransactionId: '' };

/** `samples` stay empty in all three: they travel on cp.meter. */
export function startedPayload(effect: TransactionStartedEffect, written: Written): Payload {
  return {
    $case: 'transactionStarted',
    value: {
      ...identity(effect, written),
      ...token(effect),
      ...circumstances(effect),
      meterStartWh: effect.meterStartWh,
      chargingState: effect.chargingState ?? '',
      remoteStartId: int32(effect.remoteStartId ?? 0),
      reservationId: int32(effect.reservationId ?? 0),
      ...FIRST_TELLING,
      samples: [],
    },
  };
}

export function updatedPayload(effect: TransactionUpdatedEffect, written: Written): Payload {
  return {
    $case: 'transactionUpdated',
    value: {
      ...identity(effect, written),
      ...token(effect),
      ...circumstances(effect),
      chargingState: effect.chargingState ?? '',
      remoteStartId: int32(effect.remoteStartId ?? 0),
      reservationId: int32(effect.reservationId ?? 0),
      ...FIRST_TELLING,
      samples: [],
    },
  };
}

/** The end sums up: what the row knows by now is in it. */
export function endedPayload(effect: TransactionEndedEffect, written: Written): Payload {
  const { transaction } = written;
  return {
    $case: 'transactionEnded',
    value: {
      ...identity(effect, written),
      ...circumstances(effect),
      idToken: transaction?.idToken ?? effect.idToken?.idToken ?? '',
      idTokenType: transaction?.idTokenType ?? effect.idToken?.type ?? '',
      reason: effect.reason,
      meterStartWh: transaction?.meterStartWh ?? undefined,
      meterStopWh: transaction?.meterStopWh ?? effect.meterStopWh,
      energyWh: transaction?.energyWh ?? undefined,
      startedAt: transaction && !transaction.orphan ? transaction.startedAt : undefined,
      missingSeqNos: transaction?.missingSeqNos ?? [],
      totalCost: effect.totalCost,
      remoteStartId: int32(transaction?.remoteStartId ?? effect.remoteStartId ?? 0),
      reservationId: int32(transaction?.reservationId ?? effect.reservationId ?? 0),
      energyReason: '',
      endInferred: '',
      unassignedReason: '',
      assignedTo: '',
      ...FIRST_TELLING,
      samples: [],
    },
  };
}

/** Later 2.0.1 events leave the EVSE out: the row remembers it. */
function identity(effect: TransactionEffect, { transaction }: Written) {
  return {
    transactionId: transaction?.transactionId ?? effect.transactionId,
    evseId: int32(transaction?.evseId ?? effect.evseId),
    connectorId: int32(transaction?.connectorId ?? effect.connectorId),
  };
}

function token({ idToken, idTokenStatus }: TransactionEffect) {
  return {
    idToken: idToken?.idToken ?? '',
    idTokenType: idToken?.type ?? '',
    idTokenStatus: idTokenStatus ?? '',
  };
}

function circumstances({ triggerReason, offline, seqNo }: TransactionEffect) {
  return { triggerReason: triggerReason ?? '', offline: offline ?? false, seqNo: int32(seqNo ?? 0) };
}
