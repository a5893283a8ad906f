/** A change of a transaction that an operator asks for. Any instance of ws-edge carries it out. */
export type TransactionRequest =
  | {
      kind: 'end';
      transactionId: string;
      /** ISO 8601; absent: when it was last heard of. */
      endedAt?: string;
      /** Absent: its own last register. */
      meterStopWh?: number;
      reason?: string;
    }
  /** The unassigned stop `transactionId` is the end of `to`. */
  | { kind: 'assign'; transactionId: string; to: string };

export const TRANSACTION_REQUEST_VERSION = 1;

export interface TransactionRequestEnvelope {
  v: number;
  requestId: string;
  cpId: string;
  protocol: string;
  /** Unix milliseconds: later it is dropped. */
  deadline: number;
  /** Name of the token that asked. */
  by: string;
  request: TransactionRequest;
}

export interface TransactionRequestReply {
  v: number;
  requestId: string;
  /** `unchanged`: the transaction is not, or not any more, in the state that the request expects. */
  outcome: { kind: 'done' } | { kind: 'unchanged' } | { kind: 'failed'; reason: string };
}
