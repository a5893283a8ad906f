import type { Leniency, Treatment } from '@ocpp-gw/ocpp-j';
import { moves } from './deviations-moves.ts';

const INDISPENSABLE: Treatment = { indispensable: true };
/** An identifier, or a text that means nothing when it is cut. */
const WHOLE: Treatment = { whole: true };
/** A field that says which of several things is meant. */
const IDENTITY: Treatment = { indispensable: true, whole: true };
/** An empty list has a meaning of its own. */
const READINGS: Treatment = { indispensable: true, empty: 'kept' };
/** Without this field the sample would mean something else. */
const OF_A_SAMPLE: Treatment = INDISPENSABLE;

/**
 * The treatment of fields for which the kind of the value is not enough (docs/adr/0025): which fields are indispensable,
 * what stands for the others, which words decide, and what is an identifier. By `Object.field`, or by `field` in every
 * object.
 */
const REQUESTS: Readonly<Record<string, Treatment>> = {
  // StartTransaction and StopTransaction are never refused: a lost message is a lost bill (notes 2.10).
  connectorId: WHOLE,
  idTag: WHOLE,
  meterStart: { neutral: -1 },
  meterStop: { neutral: -1 },
  // The errata (3.18) says -1 for a charger that never got an id.
  transactionId: { whole: true, neutral: -1 },
  reservationId: WHOLE,
  reason: { otherwise: 'Other', blank: 'kept' },

  // Readings are kept as far as they can be read. A message of which none can be read is not treated as one without readings.
  'MeterValuesRequest.meterValue': READINGS,
  sampledValue: READINGS,
  'sampledValue.value': INDISPENSABLE,
  // A sample without a measurand is the energy register.
  measurand: { indispensable: true, blank: 'kept' },
  context: OF_A_SAMPLE,
  format: OF_A_SAMPLE,
  location: OF_A_SAMPLE,
  phase: OF_A_SAMPLE,
  unit: OF_A_SAMPLE,

  'AuthorizeRequest.idTag': IDENTITY,
  'StatusNotificationRequest.connectorId': IDENTITY,
  'StatusNotificationRequest.status': INDISPENSABLE,
  'StatusNotificationRequest.errorCode': { neutral: 'NoError', otherwise: 'OtherError', beside: 'vendorErrorCode' },
  'DiagnosticsStatusNotificationRequest.status': INDISPENSABLE,
  'FirmwareStatusNotificationRequest.status': INDISPENSABLE,
  'LogStatusNotificationRequest.status': INDISPENSABLE,
  'SignedFirmwareStatusNotificationRequest.status': INDISPENSABLE,
  'LogStatusNotificationRequest.requestId': WHOLE,
  'SignedFirmwareStatusNotificationRequest.requestId': WHOLE,
  'DataTransferRequest.vendorId': WHOLE,
  'DataTransferRequest.messageId': WHOLE,
  'SecurityEventNotificationRequest.type': WHOLE,
  csr: WHOLE,
};

/** In answers of a charger every field may be left out but the one that decides. */
const ANSWERS: Readonly<Record<string, Treatment>> = {
  status: { indispensable: true, otherwise: null },
  listVersion: IDENTITY,

  'configurationKey.key': IDENTITY,
  unknownKey: WHOLE,

  chargingRateUnit: { indispensable: true, otherwise: null },
  chargingSchedulePeriod: { indispensable: true, inseparable: true },
  'chargingSchedulePeriod.startPeriod': INDISPENSABLE,
  'chargingSchedulePeriod.limit': INDISPENSABLE,

  'CertificateHashDataType.hashAlgorithm': { indispensable: true, otherwise: null },
  'CertificateHashDataType.issuerNameHash': IDENTITY,
  'CertificateHashDataType.issuerKeyHash': IDENTITY,
  'CertificateHashDataType.serialNumber': IDENTITY,
};

const bare = { sampledValue: 'value' };
const named = { configurationKey: 'key' };

export const leniency: Readonly<Record<'request' | 'response', Leniency>> = {
  request: { fields: REQUESTS, bare, named, moves },
  response: { fields: ANSWERS, bare, named, moves },
};
