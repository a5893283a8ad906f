import {
  CertificateSigningRequested,
  ChargePointManaged,
  FieldDeviated,
  CommandCompleted,
  ConnectionChanged,
  ConnectorStatusChanged,
  DataTransferred,
  type EnergyProgress,
  type EventFacts,
  FindingChanged,
  FirmwareStatusChanged,
  LogStatusChanged,
  makeEvent,
  type MeterSample,
  MeterValuesReported,
  OcppMessage,
  SecurityEventOccurred,
  StationBooted,
  TransactionEnded,
  TransactionStarted,
  TransactionUpdated,
} from '@ocpp-gw/contracts';

export type TestEvent = ReturnType<typeof makeEvent>;

/** What of the envelope a test cares about. */
export type EventOverrides = Partial<Omit<EventFacts, 'payload'>>;

/** What of the payload a test cares about. */
export type Parts<T> = { [Field in keyof T]?: T[Field] extends MeterSample[] ? Partial<MeterSample>[] : T[Field] };

const AT = new Date('2026-01-01T12:00:00.000Z');

const SAMPLE = {
  sampledAt: AT,
  value: 1500,
  unit: 'Wh',
  rawValue: '1.5',
  rawUnit: 'kWh',
  measurand: 'Energy.Active.Import.Register',
  location: 'Outlet',
  context: 'Sample.Periodic',
  format: 'Raw',
};

export function event(payload: EventFacts['payload'], overrides: EventOverrides): TestEvent {
  return makeEvent({
    cpId: 'CP1',
    protocol: 'ocpp1.6',
    pod: 'edge-0',
    occurredAt: AT,
    recordedAt: AT,
    ...overrides,
    payload,
  });
}

export function bootedEvent(booted: Parts<StationBooted> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = StationBooted.fromPartial({
    vendor: 'Vendor',
    model: 'Model',
    registrationStatus: 'Accepted',
    intervalSeconds: 300,
    ...booted,
  });
  return event({ $case: 'stationBooted', value }, overrides);
}

export function statusEvent(status: Parts<ConnectorStatusChanged> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = ConnectorStatusChanged.fromPartial({
    evseId: 1,
    connectorId: 1,
    status: 'Available',
    errorCode: 'NoError',
    ...status,
  });
  return event({ $case: 'connectorStatusChanged', value }, overrides);
}

export function meterEvent(meter: Parts<MeterValuesReported> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = MeterValuesReported.fromPartial({
    evseId: 1,
    connectorId: 1,
    transactionId: '1',
    samples: [SAMPLE],
    ...meter,
  });
  return event({ $case: 'meterValuesReported', value }, overrides);
}

export function startedEvent(started: Parts<TransactionStarted> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = TransactionStarted.fromPartial({
    transactionId: '1',
    evseId: 1,
    connectorId: 1,
    idToken: 'TAG1',
    idTokenStatus: 'Accepted',
    meterStartWh: 1000,
    ...started,
  });
  return event({ $case: 'transactionStarted', value }, overrides);
}

export function updatedEvent(updated: Parts<TransactionUpdated> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = TransactionUpdated.fromPartial({
    transactionId: '1',
    evseId: 1,
    connectorId: 1,
    triggerReason: 'MeterValuePeriodic',
    chargingState: 'Charging',
    seqNo: 1,
    samples: [SAMPLE],
    ...updated,
  });
  return event({ $case: 'transactionUpdated', value }, { protocol: 'ocpp2.0.1', ...overrides });
}

export function endedEvent(ended: Parts<TransactionEnded> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = TransactionEnded.fromPartial({
    transactionId: '1',
    evseId: 1,
    connectorId: 1,
    idToken: 'TAG1',
    reason: 'Local',
    meterStartWh: 1000,
    meterStopWh: 1500,
    energyWh: 500,
    startedAt: AT,
    ...ended,
  });
  return event({ $case: 'transactionEnded', value }, overrides);
}

export function connectionEvent(changed: Parts<ConnectionChanged> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = ConnectionChanged.fromPartial({
    connected: true,
    connectionId: '00000000-0000-4000-8000-000000000001',
    remoteAddress: '127.0.0.1',
    ...changed,
  });
  return event({ $case: 'connectionChanged', value }, overrides);
}

export function commandEvent(completed: Parts<CommandCompleted> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = CommandCompleted.fromPartial({
    requestId: '00000000-0000-4000-8000-000000000002',
    action: 'Reset',
    outcome: 'result',
    status: 'Accepted',
    ...completed,
  });
  return event({ $case: 'commandCompleted', value }, overrides);
}

export function firmwareEvent(firmware: Parts<FirmwareStatusChanged> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = FirmwareStatusChanged.fromPartial({ status: 'Installed', ocppRequestId: 1, signed: true, ...firmware });
  return event({ $case: 'firmwareStatusChanged', value }, overrides);
}

export function logEvent(log: Parts<LogStatusChanged> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = LogStatusChanged.fromPartial({ status: 'Uploaded', ocppRequestId: 1, ...log });
  return event({ $case: 'logStatusChanged', value }, overrides);
}

export function securityEvent(occurred: Parts<SecurityEventOccurred> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = SecurityEventOccurred.fromPartial({ eventType: 'TamperDetectionActivated', ...occurred });
  return event({ $case: 'securityEventOccurred', value }, overrides);
}

export function signingEvent(
  requested: Parts<CertificateSigningRequested> = {},
  overrides: EventOverrides = {},
): TestEvent {
  const value = CertificateSigningRequested.fromPartial({
    csr: '-----BEGIN CERTIFICATE REQUEST-----',
    status: 'Accepted',
    commonName: 'CP1',
    ...requested,
  });
  return event({ $case: 'certificateSigningRequested', value }, overrides);
}

export function dataEvent(transferred: Parts<DataTransferred> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = DataTransferred.fromPartial({
    vendorId: 'com.example',
    messageId: 'Ping',
    data: '{}',
    status: 'Accepted',
    ...transferred,
  });
  return event({ $case: 'dataTransferred', value }, overrides);
}

/** What an event of a transaction says that brings no energy with it. */
export function heardAt(firstHeardAt: Date): { energy: EnergyProgress } {
  return { energy: { firstHeardAt, number: 0, energyWh: undefined, reachedAt: undefined, intervals: [] } };
}

export function managedEvent(managed: Parts<ChargePointManaged> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = ChargePointManaged.fromPartial({
    registeredAt: AT,
    tags: [{ name: 'site', value: 'North' }],
    ...managed,
  });
  return event({ $case: 'chargePointManaged', value }, overrides);
}

export function messageEvent(message: Parts<OcppMessage> = {}, overrides: EventOverrides = {}): TestEvent {
  const raw = message.raw ?? '[2,"1","Heartbeat",{}]';
  const value = OcppMessage.fromPartial({
    direction: 'in',
    kind: 'call',
    action: 'Heartbeat',
    messageId: '1',
    sizeBytes: Buffer.byteLength(raw),
    connectionId: '00000000-0000-4000-8000-000000000001',
    number: 1,
    ...message,
    raw,
  });
  return event({ $case: 'ocppMessage', value }, overrides);
}

export function deviatedEvent(deviated: Parts<FieldDeviated> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = FieldDeviated.fromPartial({
    action: 'MeterValues',
    rule: 'text-for-number',
    direction: 'request',
    count: 1,
    firstAt: AT,
    lastAt: AT,
    connectionId: '00000000-0000-4000-8000-000000000001',
    vendor: 'Vendor',
    model: 'Model',
    firmwareVersion: '1.0',
    ...deviated,
  });
  return event({ $case: 'fieldDeviated', value }, overrides);
}

export function findingEvent(changed: Parts<FindingChanged> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = FindingChanged.fromPartial({
    findingId: '019b7a5c-9c00-7000-8000-000000000002',
    finding: 'failed-authorization',
    severity: 'warning',
    state: 'open',
    title: 'Id tokens are refused',
    firstSeenAt: AT,
    lastSeenAt: AT,
    count: 1,
    details: ['Authorize was answered Blocked'],
    frameEventIds: ['019b7a5c-9c00-7000-8000-000000000003'],
    vendor: 'Vendor',
    model: 'Model',
    firmwareVersion: '1.0',
    ...changed,
  });
  return event({ $case: 'findingChanged', value }, overrides);
}
