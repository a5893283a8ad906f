import type { Leniency, Treatment } from '@ocpp-gw/ocpp-j';
import { moves } from './deviations-moves.ts';

const INDISPENSABLE: Treatment = { indispensable: true };
/** An identifier, or what means nothing in part. */
const WHOLE: Treatment = { whole: true };
/** What tells which of several things is meant, in a list or as a whole. */
const IDENTITY: Treatment = { indispensable: true, whole: true };
/** A word that decides: without a known one nothing is known. */
const DECIDING: Treatment = { indispensable: true, otherwise: null };
/** None at all is something that can be said. */
const READINGS: Treatment = { indispensable: true, empty: 'kept' };
/** A number of which 0 would be a lie. */
const ABSENT: Treatment = { neutral: undefined };

/** Of both directions. */
const OF_ALL: Readonly<Record<string, Treatment>> = {
  'ComponentType.name': IDENTITY,
  'ComponentType.instance': WHOLE,
  // Dropped, the whole station would be meant.
  'ComponentType.evse': INDISPENSABLE,
  'VariableType.name': IDENTITY,
  'VariableType.instance': WHOLE,
  'EVSEType.id': IDENTITY,
  connectorId: WHOLE,
  transactionId: WHOLE,

  'ChargingScheduleType.chargingRateUnit': {
    ...DECIDING,
    words: { Watt: 'W', Watts: 'W', Ampere: 'A', Amperes: 'A', Amp: 'A', Amps: 'A' },
  },
  'CompositeScheduleType.chargingRateUnit': DECIDING,
  chargingSchedulePeriod: { indispensable: true, inseparable: true },
  'ChargingSchedulePeriodType.startPeriod': INDISPENSABLE,
  'ChargingSchedulePeriodType.limit': INDISPENSABLE,
};

/**
 * What the kinds of values do not tell (docs/adr/0025): without which field a message says nothing, what stands in for the
 * others, which words decide, and what is an identifier. By `Object.field`, or by `field` wherever it stands.
 */
const REQUESTS: Readonly<Record<string, Treatment>> = {
  ...OF_ALL,

  'TransactionEventRequest.eventType': {
    ...DECIDING,
    words: { Start: 'Started', Begin: 'Started', Update: 'Updated', End: 'Ended', Stop: 'Ended', Stopped: 'Ended' },
  },
  'TransactionEventRequest.transactionInfo': INDISPENSABLE,
  'TransactionType.transactionId': IDENTITY,
  'TransactionType.stoppedReason': { otherwise: 'Other', blank: 'kept' },
  'TransactionType.remoteStartId': WHOLE,
  'TransactionEventRequest.reservationId': WHOLE,
  // Not numbered at all, rather than numbered wrongly: of events and of parts of reports.
  seqNo: { whole: true, neutral: undefined },

  // Readings are taken as far as they can be read; a message in which none can be is not taken for one without any.
  'MeterValuesRequest.meterValue': READINGS,
  sampledValue: READINGS,
  'SampledValueType.value': { indispensable: true, text: 'kept' },
  // Without one a sample is the energy register; without the others it is another one.
  'SampledValueType.measurand': { indispensable: true, blank: 'kept' },
  'SampledValueType.context': INDISPENSABLE,
  'SampledValueType.location': INDISPENSABLE,
  'SampledValueType.phase': INDISPENSABLE,
  'SampledValueType.unitOfMeasure': INDISPENSABLE,
  'UnitOfMeasureType.multiplier': INDISPENSABLE,
  'SignedMeterValueType.signedMeterData': IDENTITY,
  'SignedMeterValueType.publicKey': WHOLE,

  'AuthorizeRequest.idToken': INDISPENSABLE,
  'IdTokenType.idToken': WHOLE,
  'IdTokenType.type': { blank: 'kept' },
  'AdditionalInfoType.additionalIdToken': IDENTITY,
  'AuthorizeRequest.certificate': WHOLE,
  // Dropped, the certificates would go unchecked; each costs a question to a responder.
  'AuthorizeRequest.iso15118CertificateHashData': {
    inseparable: true,
    beyond: 'cut',
    neutral: [{ hashAlgorithm: '', issuerNameHash: '', issuerKeyHash: '', serialNumber: '', responderURL: '' }],
  },
  issuerNameHash: WHOLE,
  issuerKeyHash: WHOLE,
  'OCSPRequestDataType.serialNumber': WHOLE,
  responderURL: WHOLE,
  exiRequest: WHOLE,
  csr: WHOLE,
  'SignCertificateRequest.certificateType': DECIDING,

  'BootNotificationRequest.reason': { otherwise: 'Unknown', neutral: 'Unknown' },
  'StatusNotificationRequest.connectorStatus': INDISPENSABLE,
  'StatusNotificationRequest.evseId': IDENTITY,
  'DataTransferRequest.vendorId': WHOLE,
  'DataTransferRequest.messageId': WHOLE,
  'SecurityEventNotificationRequest.type': WHOLE,
  'FirmwareStatusNotificationRequest.status': INDISPENSABLE,
  'LogStatusNotificationRequest.status': INDISPENSABLE,
  'PublishFirmwareStatusNotificationRequest.status': INDISPENSABLE,
  'PublishFirmwareStatusNotificationRequest.location': WHOLE,
  requestId: WHOLE,

  // One event, one variable, one monitor: without its name it costs itself, not the others.
  'EventDataType.component': INDISPENSABLE,
  'EventDataType.variable': INDISPENSABLE,
  'ReportDataType.component': INDISPENSABLE,
  'ReportDataType.variable': INDISPENSABLE,
  'VariableAttributeType.type': DECIDING,
  'MonitoringDataType.component': INDISPENSABLE,
  'MonitoringDataType.variable': INDISPENSABLE,
  'VariableMonitoringType.id': IDENTITY,
  'VariableMonitoringType.severity': { neutral: 9 },
  'MessageInfoType.id': IDENTITY,

  // Whose limits they are, and what they limit: with 0 the whole station would be limited.
  'NotifyChargingLimitRequest.evseId': IDENTITY,
  'ClearedChargingLimitRequest.evseId': IDENTITY,
  'ReportChargingProfilesRequest.evseId': IDENTITY,
  'NotifyEVChargingNeedsRequest.evseId': IDENTITY,
  'NotifyEVChargingNeedsRequest.chargingNeeds': INDISPENSABLE,
  'NotifyEVChargingScheduleRequest.evseId': IDENTITY,
  'NotifyEVChargingScheduleRequest.chargingSchedule': INDISPENSABLE,
  chargingLimitSource: { neutral: 'Other' },
  'ChargingProfileType.id': IDENTITY,
  'ChargingProfileType.chargingSchedule': INDISPENSABLE,
  'ACChargingParametersType.energyAmount': ABSENT,
  'ACChargingParametersType.evMinCurrent': ABSENT,
  'ACChargingParametersType.evMaxCurrent': ABSENT,
  'ACChargingParametersType.evMaxVoltage': ABSENT,
  'DCChargingParametersType.evMaxCurrent': ABSENT,
  'DCChargingParametersType.evMaxVoltage': ABSENT,
  'ReservationStatusUpdateRequest.reservationId': IDENTITY,
};

/** Of what a station answers everything yields but what decides. */
const ANSWERS: Readonly<Record<string, Treatment>> = {
  ...OF_ALL,
  status: DECIDING,
  versionNumber: IDENTITY,
  messagesInQueue: INDISPENSABLE,

  getVariableResult: INDISPENSABLE,
  'GetVariableResultType.attributeStatus': INDISPENSABLE,
  'GetVariableResultType.attributeType': DECIDING,
  'GetVariableResultType.component': INDISPENSABLE,
  'GetVariableResultType.variable': INDISPENSABLE,
  setVariableResult: INDISPENSABLE,
  'SetVariableResultType.attributeStatus': INDISPENSABLE,
  'SetVariableResultType.attributeType': DECIDING,
  'SetVariableResultType.component': INDISPENSABLE,
  'SetVariableResultType.variable': INDISPENSABLE,
  setMonitoringResult: INDISPENSABLE,
  'SetMonitoringResultType.status': INDISPENSABLE,
  'SetMonitoringResultType.id': WHOLE,
  'SetMonitoringResultType.severity': { neutral: 9 },
  'SetMonitoringResultType.component': INDISPENSABLE,
  'SetMonitoringResultType.variable': INDISPENSABLE,
  clearMonitoringResult: INDISPENSABLE,
  'ClearMonitoringResultType.status': INDISPENSABLE,
  'ClearMonitoringResultType.id': IDENTITY,

  'CertificateHashDataType.hashAlgorithm': DECIDING,
  'CertificateHashDataType.issuerNameHash': IDENTITY,
  'CertificateHashDataType.issuerKeyHash': IDENTITY,
  'CertificateHashDataType.serialNumber': IDENTITY,
  'CertificateHashDataChainType.certificateHashData': INDISPENSABLE,
  'CertificateHashDataChainType.certificateType': DECIDING,
};

const bare = {
  IdTokenType: 'idToken',
  EVSEType: 'id',
  TransactionType: 'transactionId',
  UnitOfMeasureType: 'unit',
  SampledValueType: 'value',
  SignedMeterValueType: 'signedMeterData',
};
const named = {
  ComponentType: 'name',
  VariableType: 'name',
  MessageContentType: 'content',
  StatusInfoType: 'reasonCode',
};

export const leniency: Readonly<Record<'request' | 'response', Leniency>> = {
  request: { fields: REQUESTS, bare, named, moves },
  response: { fields: ANSWERS, bare, named, moves },
};
