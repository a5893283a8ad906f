import type { Leniency, Treatment } from '@ocpp-gw/ocpp-j';
import { moves } from './deviations-moves.ts';

const INDISPENSABLE: Treatment = { indispensable: true };
/** An identifier, or a text that means nothing when it is cut. */
const WHOLE: Treatment = { whole: true };
/** A field that says which of several things is meant. */
const IDENTITY: Treatment = { indispensable: true, whole: true };
/** An enum that decides: without a known word the message means nothing. */
const DECIDING: Treatment = { indispensable: true, otherwise: null };
/** An empty list has a meaning of its own. */
const READINGS: Treatment = { indispensable: true, empty: 'kept' };
/** A number for which 0 would be wrong. */
const ABSENT: Treatment = { neutral: undefined };

/** Fields of both directions. */
const OF_ALL: Readonly<Record<string, Treatment>> = {
  'ComponentType.name': IDENTITY,
  'ComponentType.instance': WHOLE,
  // Without this field the whole station would be meant.
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
 * The treatment of fields for which the kind of the value is not enough (docs/adr/0025): which fields are indispensable,
 * what stands for the others, which words decide, and what is an identifier. By `Object.field`, or by `field` in every
 * object.
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
  // An event or a part of a report gets no number rather than a wrong one.
  seqNo: { whole: true, neutral: undefined },

  // Readings are kept as far as they can be read. A message of which none can be read is not treated as one without readings.
  'MeterValuesRequest.meterValue': READINGS,
  sampledValue: READINGS,
  'SampledValueType.value': { indispensable: true, text: 'kept' },
  // A sample without a measurand is the energy register. Without the other fields it would mean something else.
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
  // Without this field the certificates would not be checked. Each of them costs a request to a responder.
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

  // An event, a variable or a monitor without its name is left out alone; the others stay.
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

  // The source and the place of a limit: with 0 the whole station would be limited.
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

/** In answers of a station every field may be left out but the one that decides. */
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
