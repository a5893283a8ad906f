import type { Dialect } from '@ocpp-gw/ocpp-j';

export const dialect: Dialect = {
  subprotocol: 'ocpp2.0.1',
  errorCodes: {
    NotImplemented: 'NotImplemented',
    NotSupported: 'NotSupported',
    InternalError: 'InternalError',
    ProtocolError: 'ProtocolError',
    SecurityError: 'SecurityError',
    FormatViolation: 'FormatViolation',
    OccurrenceConstraintViolation: 'OccurrenceConstraintViolation',
    PropertyConstraintViolation: 'PropertyConstraintViolation',
    TypeConstraintViolation: 'TypeConstraintViolation',
    GenericError: 'GenericError',
    MessageTypeNotSupported: 'MessageTypeNotSupported',
    RpcFrameworkError: 'RpcFrameworkError',
  },
  // Part 4 section 4.2.3: "-1" when the id cannot be read.
  answersUnreadableId: true,
  // Part 4 section 4.4.
  answersUnknownMessageType: true,
  maxMessageIdLength: 36,
};
