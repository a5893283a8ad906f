export { decideTransaction } from './decide.ts';
export { usesOf } from './decide-named.ts';
export { assignTo, changesOf, EventsNeededError, inferEnd, record, type Change, type Recorded } from './ledger.ts';
export type { Outcome, TransactionMessage } from './message.ts';
export { addRemoteStart } from './remote-starts.ts';
export {
  EMPTY_LEDGER,
  INFERRED_REASON,
  isStopRecord,
  type EndInference,
  type Ledger,
  type PendingRemoteStart,
  type SuspectReason,
  type TransactionState,
  type UnassignedReason,
} from './state.ts';
export { gatewayTransactionId, stationTransactionId } from './station-id.ts';
export { suspectAfterBoot, suspectWhereAvailable } from './suspects.ts';
export { stopRecordId } from './decide-stop.ts';
export { bill, endedAt } from './published.ts';
