/** CALLERROR codes in one spelling; {@link Dialect.errorCodes} gives the wire's (notes 2.3). */
export type ErrorCode =
  | 'NotImplemented'
  | 'NotSupported'
  | 'InternalError'
  | 'ProtocolError'
  | 'SecurityError'
  | 'FormatViolation'
  | 'PropertyConstraintViolation'
  | 'OccurrenceConstraintViolation'
  | 'TypeConstraintViolation'
  | 'GenericError'
  | 'MessageTypeNotSupported'
  | 'RpcFrameworkError';

/** What differs between versions in frames, as data. */
export interface Framing {
  /** Wire spelling per code; codes a version lacks map to the nearest it has. */
  errorCodes: Readonly<Record<ErrorCode, string>>;
  /** Whether a frame whose id is unreadable is answered with id "-1" (2.x) or dropped (1.6). */
  answersUnreadableId: boolean;
  /** Whether an unknown message type is answered MessageTypeNotSupported (2.0.1) or ignored (1.6). */
  answersUnknownMessageType: boolean;
  /** 36 in every version (notes 2.2). */
  maxMessageIdLength: number;
}

/** What differs between versions on the connection, as data. */
export interface Dialect extends Framing {
  /** Name of the WebSocket subprotocol, as it is registered. */
  subprotocol: string;
  /** Spellings of that name that can mean no other version; see `subprotocolSpelling`. */
  spelling: RegExp;
  /** Whether permessage-deflate is accepted (notes 2.8). */
  compression: boolean;
  /** What is wrong with the identity of a station in this version, behind "the identity"; null: nothing (notes 2.6). */
  identityFault(identity: string): string | null;
  /** What a received password may mean, likeliest first: one of these was hashed when it was set (notes 2.7). */
  passwordReadings(password: Buffer): readonly Buffer[];
}
