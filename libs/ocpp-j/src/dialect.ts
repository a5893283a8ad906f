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

/** What differs between versions on the wire, as data. */
export interface Dialect {
  subprotocol: 'ocpp1.6' | 'ocpp2.0.1';
  /** Wire spelling per code; codes a version lacks map to the nearest it has. */
  errorCodes: Readonly<Record<ErrorCode, string>>;
  /** Whether a frame whose id is unreadable is answered with id "-1" (2.x) or dropped (1.6). */
  answersUnreadableId: boolean;
  /** Whether an unknown message type is answered MessageTypeNotSupported (2.0.1) or ignored (1.6). */
  answersUnknownMessageType: boolean;
  /** 36 in every version (notes 2.2). */
  maxMessageIdLength: number;
}
