/** in: from the charge point; out: to it. */
export type Direction = 'in' | 'out';

/** unreadable: the frame is no OCPP message. */
export type MessageKind = 'call' | 'call_result' | 'call_error' | 'unreadable';

/** One frame of a charge point, as the gateway recorded it. */
export interface RecordedMessage {
  cpId: string;
  /** When the gateway received or sent it. */
  at: Date;
  eventId: string;
  /** Subprotocol of the connection, such as `ocpp1.6`; empty when it is not known. */
  protocol: string;
  direction: Direction;
  kind: MessageKind;
  /** Of an answer that of its CALL; empty when it is not known. */
  action: string;
  /** Empty when the frame has none. */
  messageId: string;
  /** Of an answer; else empty. */
  outcome: '' | 'result' | 'error';
  /** Of a CALLERROR; else empty. */
  errorCode: string;
  /** Of an answer: milliseconds since its CALL; absent when that is not known. */
  latencyMs?: number;
  sizeBytes: number;
  /** Empty when it is not known. */
  connectionId: string;
  /** Transaction that the frame names; empty when it names none. */
  transactionId: string;
  /** The frame as text, with secrets masked. A very long one is cut. */
  raw: string;
}

/** A connection of the charge point, from handshake to close. */
export interface ConnectionSpan {
  connectionId: string;
  openedAt: Date;
  /** Absent while it is open. */
  endedAt?: Date;
  reason?: string;
  closeCode?: number;
}

export interface RefusedHandshake {
  at: Date;
  /** Why, as in the log line `handshake refused`. */
  reason: string;
}

/** How often a field rule was met. */
export interface DeviationsMet {
  /** Id of the field rule. */
  rule: string;
  action?: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
}

/** What the gateway made of a session. */
export interface RecordedSession {
  transactionId: string;
  /** Absent when its start was not received. */
  startedAt?: Date;
  /** Absent while it runs. */
  endedAt?: Date;
  /** Set when it is a stop that fits no transaction, or several. */
  unassigned?: string;
  /** Flags of docs/registers.md. */
  quality?: readonly string[];
  energyWh?: number;
}

/** The frames of one charge point, and what is known beside them. Whatever is absent is not known. */
export interface Conversation {
  /** In order of time. */
  messages: readonly RecordedMessage[];
  handshakesRefused?: readonly RefusedHandshake[];
  /** In order of time. */
  connections?: readonly ConnectionSpan[];
  deviations?: readonly DeviationsMet[];
  sessions?: readonly RecordedSession[];
  /** The present time. Absent: the conversation is over, and its last frame is its end. */
  now?: Date;
  /** Heartbeat interval that was agreed on before the first frame. */
  heartbeatIntervalS?: number;
}
