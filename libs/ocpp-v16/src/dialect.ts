import { subprotocolSpelling, type Dialect } from '@ocpp-gw/ocpp-j';
import { SUBPROTOCOL } from './directions.ts';
import { passwordReadings } from './password-readings.ts';

export const dialect: Dialect = {
  subprotocol: SUBPROTOCOL,
  spelling: subprotocolSpelling('1[._-]?6', '1\\.6'),
  // OCPP-J 1.6 knows none.
  compression: false,
  identityFault: () => null,
  passwordReadings,
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
    // 1.6 does not have this code; this is the nearest one.
    MessageTypeNotSupported: 'NotSupported',
    RpcFrameworkError: 'FormationViolation',
  },
  answersUnreadableId: false,
  answersUnknownMessageType: false,
  maxMessageIdLength: 36,
};
