import { subprotocolSpelling, type Dialect } from '@ocpp-gw/ocpp-j';
import { SUBPROTOCOL } from './directions.ts';

/** identifierString, at most 48 characters; the blank is in the example `RDAM%20123` of OCPP-J 2.0.1. */
const IDENTIFIER_STRING = /^[a-zA-Z0-9*\-_=:+|@. ]{1,48}$/;

export const dialect: Dialect = {
  subprotocol: SUBPROTOCOL,
  spelling: subprotocolSpelling('2[._-]?0[._-]?1', '2\\.0\\.1'),
  // A CSMS must support compression.
  compression: true,
  identityFault: (identity) =>
    IDENTIFIER_STRING.test(identity)
      ? null
      : 'must have 1 to 48 characters in OCPP 2.x, out of a-z A-Z 0-9 * - _ = : + | @ . and blank',
  // Passwords are text.
  passwordReadings: (password) => [password],
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
