import type { Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Columns } from './row.ts';

/** The fields that all messages about transactions have. */
export interface TransactionFacts {
  transactionId: string;
  evseId: number;
  connectorId: number;
  seqNo: number;
  triggerReason: string;
  offline: boolean;
  idToken: string;
  idTokenType: string;
  remoteStartId: number;
  reservationId: number;
  revision: number;
  stationTransactionId: string;
}

/** The columns of transaction_events that every event fills, and the defaults of the others. */
export function transactionColumns(event: Event, facts: TransactionFacts): Columns {
  return {
    ...envelope(event),
    occurred_at_raw: event.occurredAtRaw,
    event_type: event.type,
    transaction_id: facts.transactionId,
    seq_no: facts.seqNo,
    evse_id: facts.evseId,
    connector_id: facts.connectorId,
    id_token: facts.idToken,
    id_token_type: facts.idTokenType,
    id_token_status: '',
    trigger_reason: facts.triggerReason,
    charging_state: '',
    offline: facts.offline,
    remote_start_id: facts.remoteStartId,
    reservation_id: facts.reservationId,
    revision: facts.revision,
    station_transaction_id: facts.stationTransactionId,
    meter_start_wh: null,
    meter_stop_wh: null,
    energy_wh: null,
    energy_reason: '',
    end_inferred: '',
    unassigned_reason: '',
    assigned_to: '',
    total_cost: null,
    started_at: null,
    stop_reason: '',
    missing_seq_nos: [],
  };
}
