import type { Dialect } from '@ocpp-gw/ocpp-j';

export const dialect: Dialect = {
  subprotocol: 'ocpp1.6',
  errorCodes: {
    NotImplemented: 'NotImplemented',
    NotSupported: 'NotSupported',
    InternalError: 'InternalError',
    ProtocolError: 'ProtocolError',
    SecurityError: 'SecurityError',
    // Both names are misspelt in the specification, and stay so on the wire (errata-J 1.6 section 5).
    FormatViolation: 'FormationViolation',
    OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
    PropertyConstraintViolation: 'PropertyConstraintViolation',
    TypeConstraintViolation: 'TypeConstraintViolation',
    GenericError: 'GenericError',
    // Not in 1.6: the nearest it has.
    MessageTypeNotSupported: 'NotSupported',
    RpcFrameworkError: 'FormationViolation',
  },
  answersUnreadableId: false,
  answersUnknownMessageType: false,
  maxMessageIdLength: 36,
};
