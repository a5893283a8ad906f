import type { Leniency, Treatment } from '@ocpp-gw/ocpp-j';
import { moves } from './deviations-moves.ts';

const INDISPENSABLE: Treatment = { indispensable: true };
/** An identifier, or what means nothing in part. */
const WHOLE: Treatment = { whole: true };
/** What tells which of several things is meant, in a list or as a whole. */
const IDENTITY: Treatment = { indispensable: true, whole: true };
/** None at all is something that can be said. */
const READINGS: Treatment = { indispensable: true, empty: 'kept' };
/** Dropped, it would make its sample another one. */
const OF_A_SAMPLE: Treatment = INDISPENSABLE;

/**
 * What the kinds of values do not tell (docs/adr/0025): without which field a message says nothing, what stands in for the
 * others, which words decide, and what is an identifier. By `Object.field`, or by `field` wherever it stands.
 */
const REQUESTS: Readonly<Record<string, Treatment>> = {
  // StartTransaction and StopTransaction are never refused: a lost message is a lost bill (notes 2.10).
  connectorId: WHOLE,
  idTag: WHOLE,
  meterStart: { neutral: -1 },
  meterStop: { neutral: -1 },
  // -1 is what the errata gives a charger that never got an id (3.18).
  transactionId: { whole: true, neutral: -1 },
  reservationId: WHOLE,
  reason: { otherwise: 'Other', blank: 'kept' },

  // Readings are taken as far as they can be read; a message in which none can be is not taken for one without any.
  'MeterValuesRequest.meterValue': READINGS,
  sampledValue: READINGS,
  'sampledValue.value': INDISPENSABLE,
  // Without one a sample is the energy register.
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

/** Of what a charger answers everything yields but what decides. */
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
