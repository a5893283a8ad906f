import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundActions, validateCommandPayload } from '@ocpp-gw/ocpp-v201/commands';
import { TEST_ROOT } from '../testdata/certificate.ts';
import { FakeCsms } from '../testdata/fake-csms.ts';
import { type SimulatedCharger, startCharger } from '../index.ts';

const later = (): string => new Date(Date.now() + 3_600_000).toISOString();
const now = (): string => new Date().toISOString();
const idToken = (token: string): object => ({ idToken: token, type: 'ISO14443' });
const profile = {
  id: 1,
  stackLevel: 1,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] }],
};
const hashData = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '1' };
const heartbeat = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const password = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
const monitor = { value: 1, type: 'Delta', severity: 5, ...heartbeat };
const shown = { id: 1, priority: 'InFront', message: { format: 'UTF8', content: 'Hello' } };
const connectionData = {
  ocppVersion: 'OCPP20',
  ocppTransport: 'JSON',
  ocppCsmsUrl: 'ws://csms',
  messageTimeout: 30,
  securityProfile: 1,
  ocppInterface: 'Wired0',
};
const log = { remoteLocation: 'ftp://example.com/' };

/** Each CALL a CSMS may send, and what must be in the answer. In order: later rows see what earlier ones did. */
const CALLS: [action: string, request: object, answer: object][] = [
  ['CancelReservation', { reservationId: 99 }, { status: 'Rejected' }],
  ['ReserveNow', { id: 5, evseId: 2, expiryDateTime: later(), idToken: idToken('A') }, { status: 'Accepted' }],
  ['ReserveNow', { id: 6, evseId: 2, expiryDateTime: later(), idToken: idToken('B') }, { status: 'Occupied' }],
  ['ReserveNow', { id: 6, evseId: 9, expiryDateTime: later(), idToken: idToken('B') }, { status: 'Rejected' }],
  ['RequestStartTransaction', { evseId: 2, idToken: idToken('B'), remoteStartId: 1 }, { status: 'Rejected' }],
  ['CancelReservation', { reservationId: 5 }, { status: 'Accepted' }],
  ['CertificateSigned', { certificateChain: TEST_ROOT }, { status: 'Accepted' }],
  ['CertificateSigned', { certificateChain: 'nonsense' }, { status: 'Rejected' }],
  ['ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } }, { status: 'Accepted' }],
  ['ReserveNow', { id: 6, evseId: 2, expiryDateTime: later(), idToken: idToken('B') }, { status: 'Unavailable' }],
  ['ChangeAvailability', { operationalStatus: 'Operative' }, { status: 'Accepted' }],
  ['ChangeAvailability', { operationalStatus: 'Operative', evse: { id: 9 } }, { status: 'Rejected' }],
  ['ClearCache', {}, { status: 'Accepted' }],
  ['CostUpdated', { totalCost: 1.5, transactionId: 'x' }, {}],
  ['SetChargingProfile', { evseId: 1, chargingProfile: profile }, { status: 'Accepted' }],
  ['SetChargingProfile', { evseId: 9, chargingProfile: profile }, { status: 'Rejected' }],
  [
    'SetChargingProfile',
    { evseId: 1, chargingProfile: { ...profile, chargingProfilePurpose: 'TxProfile' } },
    { status: 'Rejected' },
  ],
  ['GetChargingProfiles', { requestId: 1, chargingProfile: { stackLevel: 1 } }, { status: 'Accepted' }],
  ['GetChargingProfiles', { requestId: 1, chargingProfile: { chargingProfileId: [7] } }, { status: 'NoProfiles' }],
  [
    'GetCompositeSchedule',
    { evseId: 1, duration: 600 },
    { status: 'Accepted', schedule: { chargingSchedulePeriod: [{ limit: 10 }] } },
  ],
  ['GetCompositeSchedule', { evseId: 1, duration: 600, chargingRateUnit: 'W' }, { status: 'Accepted' }],
  ['GetCompositeSchedule', { evseId: 9, duration: 600 }, { status: 'Rejected' }],
  ['ClearChargingProfile', { chargingProfileId: 1 }, { status: 'Accepted' }],
  ['ClearChargingProfile', { chargingProfileCriteria: { evseId: 1 } }, { status: 'Unknown' }],
  ['CustomerInformation', { requestId: 1, report: true, clear: false }, { status: 'Invalid' }],
  ['CustomerInformation', { requestId: 1, report: true, clear: true, customerIdentifier: 'X' }, { status: 'Accepted' }],
  ['DataTransfer', { vendorId: 'ocpp-gw.simulator' }, { status: 'Accepted' }],
  ['DataTransfer', { vendorId: 'other', data: { any: 1 } }, { status: 'UnknownVendorId' }],
  ['GetInstalledCertificateIds', {}, { status: 'NotFound' }],
  ['InstallCertificate', { certificateType: 'CSMSRootCertificate', certificate: TEST_ROOT }, { status: 'Accepted' }],
  ['InstallCertificate', { certificateType: 'V2GRootCertificate', certificate: 'x' }, { status: 'Rejected' }],
  [
    'GetInstalledCertificateIds',
    { certificateType: ['CSMSRootCertificate'] },
    { status: 'Accepted', certificateHashDataChain: [{ certificateHashData: { serialNumber: 'a1b2c' } }] },
  ],
  ['DeleteCertificate', { certificateHashData: hashData }, { status: 'NotFound' }],
  ['SetDisplayMessage', { message: shown }, { status: 'Accepted' }],
  ['SetDisplayMessage', { message: { ...shown, transactionId: 'none' } }, { status: 'UnknownTransaction' }],
  ['GetDisplayMessages', { requestId: 1, id: [1], priority: 'InFront' }, { status: 'Accepted' }],
  ['GetDisplayMessages', { requestId: 1, state: 'Faulted' }, { status: 'Unknown' }],
  ['ClearDisplayMessage', { id: 1 }, { status: 'Accepted' }],
  ['ClearDisplayMessage', { id: 1 }, { status: 'Unknown' }],
  ['GetBaseReport', { requestId: 1, reportBase: 'ConfigurationInventory' }, { status: 'Accepted' }],
  ['GetBaseReport', { requestId: 2, reportBase: 'SummaryInventory' }, { status: 'Accepted' }],
  ['GetReport', { requestId: 3, componentCriteria: ['Problem'] }, { status: 'EmptyResultSet' }],
  [
    'GetReport',
    { requestId: 4, componentVariable: [{ component: { name: 'evse', evse: { id: 1 } } }] },
    { status: 'Accepted' },
  ],
  ['GetLocalListVersion', {}, { versionNumber: 0 }],
  [
    'SendLocalList',
    {
      versionNumber: 3,
      updateType: 'Full',
      localAuthorizationList: [{ idToken: idToken('A'), idTokenInfo: { status: 'Accepted' } }],
    },
    { status: 'Accepted' },
  ],
  ['SendLocalList', { versionNumber: 2, updateType: 'Differential' }, { status: 'VersionMismatch' }],
  ['GetLocalListVersion', {}, { versionNumber: 3 }],
  ['GetLog', { logType: 'SecurityLog', requestId: 1, log }, { status: 'Accepted' }],
  ['GetLog', { logType: 'DiagnosticsLog', requestId: 2, log }, { status: 'AcceptedCanceled' }],
  ['GetMonitoringReport', { requestId: 1 }, { status: 'EmptyResultSet' }],
  [
    'SetVariableMonitoring',
    {
      setMonitoringData: [
        monitor,
        monitor,
        { ...monitor, variable: { name: 'Unheard' } },
        { ...monitor, component: { name: 'Unheard' } },
      ],
    },
    {
      setMonitoringResult: [
        { status: 'Accepted', id: 1 },
        { status: 'Duplicate' },
        { status: 'UnknownVariable' },
        { status: 'UnknownComponent' },
      ],
    },
  ],
  ['GetMonitoringReport', { requestId: 1, monitoringCriteria: ['DeltaMonitoring'] }, { status: 'Accepted' }],
  ['GetMonitoringReport', { requestId: 1, monitoringCriteria: ['PeriodicMonitoring'] }, { status: 'EmptyResultSet' }],
  [
    'ClearVariableMonitoring',
    { id: [1, 2] },
    {
      clearMonitoringResult: [
        { id: 1, status: 'Accepted' },
        { id: 2, status: 'NotFound' },
      ],
    },
  ],
  ['SetMonitoringBase', { monitoringBase: 'FactoryDefault' }, { status: 'Accepted' }],
  ['SetMonitoringLevel', { severity: 5 }, { status: 'Accepted' }],
  ['SetMonitoringLevel', { severity: 11 }, { status: 'Rejected' }],
  ['GetTransactionStatus', {}, { messagesInQueue: false }],
  ['GetTransactionStatus', { transactionId: 'x' }, { messagesInQueue: false, ongoingIndicator: false }],
  [
    'SetVariables',
    {
      setVariableData: [
        { ...heartbeat, attributeValue: '600' },
        { ...heartbeat, attributeValue: 'often' },
        { ...heartbeat, attributeValue: '1', attributeType: 'Target' },
        { component: { name: 'ChargingStation' }, variable: { name: 'Model' }, attributeValue: 'X' },
        { component: { name: 'ChargingStation' }, variable: { name: 'Unheard' }, attributeValue: 'X' },
        { component: { name: 'Unheard' }, variable: { name: 'Model' }, attributeValue: 'X' },
        {
          component: { name: 'OCPPCommCtrlr' },
          variable: { name: 'MessageAttempts', instance: 'TransactionEvent' },
          attributeValue: '5',
        },
        {
          component: { name: 'OCPPCommCtrlr' },
          variable: { name: 'MessageAttemptInterval', instance: 'TransactionEvent' },
          attributeValue: '1',
        },
        {
          component: { name: 'OCPPCommCtrlr' },
          variable: { name: 'MessageTimeout', instance: 'Default' },
          attributeValue: '20',
        },
        { component: { name: 'TxCtrlr' }, variable: { name: 'TxStartPoint' }, attributeValue: 'EVConnected' },
      ],
    },
    {
      setVariableResult: [
        { attributeStatus: 'Accepted' },
        { attributeStatus: 'Rejected' },
        { attributeStatus: 'NotSupportedAttributeType', attributeType: 'Target' },
        { attributeStatus: 'Rejected' },
        { attributeStatus: 'UnknownVariable' },
        { attributeStatus: 'UnknownComponent' },
        { attributeStatus: 'Accepted' },
        { attributeStatus: 'Accepted' },
        { attributeStatus: 'Accepted' },
        { attributeStatus: 'Accepted' },
      ],
    },
  ],
  [
    'GetVariables',
    { getVariableData: [heartbeat, { ...heartbeat, attributeType: 'MinSet' }, password] },
    {
      getVariableResult: [
        { attributeStatus: 'Accepted', attributeValue: '600' },
        { attributeStatus: 'NotSupportedAttributeType' },
        { attributeStatus: 'Rejected' },
      ],
    },
  ],
  ['SetNetworkProfile', { configurationSlot: 1, connectionData }, { status: 'Accepted' }],
  [
    'SetNetworkProfile',
    { configurationSlot: 1, connectionData: { ...connectionData, ocppTransport: 'SOAP' } },
    { status: 'Rejected' },
  ],
  ['UnpublishFirmware', { checksum: 'abc' }, { status: 'NoFirmware' }],
  ['PublishFirmware', { location: 'l', checksum: 'abc', requestId: 1 }, { status: 'Accepted' }],
  ['UnpublishFirmware', { checksum: 'abc' }, { status: 'DownloadOngoing' }],
  ['TriggerMessage', { requestedMessage: 'BootNotification' }, { status: 'Rejected' }],
  ['TriggerMessage', { requestedMessage: 'Heartbeat' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'LogStatusNotification' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'FirmwareStatusNotification' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'PublishFirmwareStatusNotification' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: 1 } }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: 9 } }, { status: 'Rejected' }],
  ['TriggerMessage', { requestedMessage: 'StatusNotification' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'TransactionEvent' }, { status: 'Rejected' }],
  ['TriggerMessage', { requestedMessage: 'SignChargingStationCertificate' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'SignV2GCertificate' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'SignCombinedCertificate' }, { status: 'Accepted' }],
  ['RequestStopTransaction', { transactionId: 'x' }, { status: 'Rejected' }],
  ['UnlockConnector', { evseId: 1, connectorId: 1 }, { status: 'Unlocked' }],
  ['UnlockConnector', { evseId: 1, connectorId: 2 }, { status: 'UnknownConnector' }],
  [
    'UpdateFirmware',
    { requestId: 1, firmware: { location: 'l', retrieveDateTime: now(), signingCertificate: 'x' } },
    { status: 'InvalidCertificate' },
  ],
  ['UpdateFirmware', { requestId: 2, firmware: { location: 'l', retrieveDateTime: later() } }, { status: 'Accepted' }],
  ['Reset', { type: 'OnIdle', evseId: 9 }, { status: 'Rejected' }],
  ['RequestStartTransaction', { idToken: idToken('TAG'), remoteStartId: 2 }, { status: 'Accepted' }],
  ['UnlockConnector', { evseId: 1, connectorId: 1 }, { status: 'OngoingAuthorizedTransaction' }],
  ['ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 1 } }, { status: 'Scheduled' }],
  ['Reset', { type: 'OnIdle' }, { status: 'Scheduled' }],
  ['Reset', { type: 'Immediate' }, { status: 'Accepted' }],
];

describe('an OCPP 2.0.1 charger', () => {
  let csms: FakeCsms;
  let charger: SimulatedCharger;

  beforeEach(async () => {
    csms = await FakeCsms.start('2.0.1');
    charger = await startCharger(
      {
        url: csms.url,
        protocol: '2.0.1',
        id: 'CP1',
        stepMs: 30,
        rebootMs: 10,
        meterIntervalMs: 20,
        backoff: { firstMs: 10, maxMs: 20 },
      },
      AbortSignal.timeout(20_000),
    );
  });
  afterEach(async () => {
    await charger.close();
    csms.stop();
  });

  it('answers every action a CSMS may send, by the schema, and sends nothing that breaks one', async () => {
    for (const [action, request, answer] of CALLS) {
      expect({ action, check: validateCommandPayload(action, request) }).toEqual({ action, check: { ok: true } });
      expect({ action, request, answer: await csms.call(action, request) }).toMatchObject({ action, request, answer });
    }
    expect(new Set(CALLS.map(([action]) => action))).toEqual(outboundActions);
    await csms.until('BootNotification', 2);
    expect(csms.violations).toEqual([]);
  });

  it('answers NotImplemented to an action that is none of a CSMS', async () => {
    await expect(csms.call('Heartbeat')).rejects.toMatchObject({ code: 'NotImplemented' });
  });

  it('reports its whole device model in numbered parts, the last marked as such (TC_B_13)', async () => {
    await csms.call('GetBaseReport', { requestId: 42, reportBase: 'FullInventory' });
    await csms.until('NotifyReport', 3);
    const parts = csms.payloads<{ requestId: number; seqNo: number; tbc: boolean; reportData: object[] }>(
      'NotifyReport',
    );
    expect(parts.map(({ seqNo, tbc }) => ({ seqNo, tbc }))).toEqual([
      { seqNo: 0, tbc: true },
      { seqNo: 1, tbc: true },
      { seqNo: 2, tbc: false },
    ]);
    expect(parts.flatMap(({ reportData }) => reportData)).toContainEqual(
      expect.objectContaining({
        component: { name: 'Connector', evse: { id: 2, connectorId: 1 } },
        variableAttribute: [{ type: 'Actual', mutability: 'ReadOnly', value: 'Available' }],
      }),
    );
  });

  it('sends profiles, monitors, messages and customer data that were asked for', async () => {
    await csms.call('SetChargingProfile', { evseId: 1, chargingProfile: profile });
    await csms.call('GetChargingProfiles', { requestId: 1, chargingProfile: { chargingLimitSource: ['CSO'] } });
    await csms.call('SetVariableMonitoring', { setMonitoringData: [monitor] });
    await csms.call('GetMonitoringReport', { requestId: 2, componentVariable: [heartbeat] });
    await csms.call('SetDisplayMessage', { message: shown });
    await csms.call('GetDisplayMessages', { requestId: 3 });
    await csms.call('CustomerInformation', { requestId: 4, report: true, clear: false, idToken: idToken('A') });
    await csms.until('NotifyCustomerInformation');
    expect(csms.payloads('ReportChargingProfiles')).toMatchObject([{ requestId: 1, chargingProfile: [profile] }]);
    expect(csms.payloads('NotifyMonitoringReport')).toMatchObject([{ requestId: 2, tbc: false }]);
    expect(csms.payloads('NotifyDisplayMessages')).toMatchObject([{ requestId: 3, messageInfo: [shown] }]);
    expect(csms.payloads('NotifyCustomerInformation')).toMatchObject([{ requestId: 4, seqNo: 0 }]);
    expect(csms.violations).toEqual([]);
  });

  it('publishes firmware to the end and takes it back (TC_L_18)', async () => {
    await csms.call('PublishFirmware', { location: 'http://local/fw', checksum: 'abc', requestId: 1 });
    await csms.until('PublishFirmwareStatusNotification', 4);
    expect(csms.payloads('PublishFirmwareStatusNotification').at(-1)).toMatchObject({
      status: 'Published',
      location: ['http://local/fw'],
    });
    let answer: unknown;
    do answer = await csms.call('UnpublishFirmware', { checksum: 'abc' });
    while ((answer as { status: string }).status === 'DownloadOngoing');
    expect(answer).toEqual({ status: 'Unpublished' });
  });

  it('updates signed firmware, reboots and reports Installed (TC_L_01)', async () => {
    const firmware = { location: 'l', retrieveDateTime: now(), signingCertificate: TEST_ROOT, signature: 's' };
    await csms.call('UpdateFirmware', { requestId: 9, firmware });
    await csms.until('SecurityEventNotification');
    expect(csms.payloads('FirmwareStatusNotification').map(({ status }) => status)).toEqual([
      'Downloading',
      'Downloaded',
      'SignatureVerified',
      'Installing',
      'InstallRebooting',
      'Installed',
    ]);
    expect(csms.payloads('BootNotification').at(-1)).toMatchObject({
      reason: 'FirmwareUpdate',
      chargingStation: { firmwareVersion: '1.0.1' },
    });
    expect(csms.violations).toEqual([]);
  });

  it('reconnects with a new password, which it keeps to itself (TC_A_09)', async () => {
    const attributeValue = 'secret-of-the-station';
    await csms.call('SetVariables', { setVariableData: [{ ...password, attributeValue }] });
    await csms.until('StatusNotification', 4);
    const credentials = Buffer.from(csms.handshakes.at(-1)?.authorization?.slice(6) ?? '', 'base64').toString();
    expect(credentials).toBe(`CP1:${attributeValue}`);
    const { setVariableResult } = await csms.call<{ setVariableResult: object[] }>('SetVariables', {
      setVariableData: [{ ...password, attributeValue: 'short' }],
    });
    expect(setVariableResult).toMatchObject([{ attributeStatus: 'Rejected' }]);
  });

  it('tells an expired reservation (TC_H_20)', async () => {
    const expiryDateTime = new Date(Date.now() + 1_000).toISOString();
    await csms.call('ReserveNow', { id: 8, evseId: 1, expiryDateTime, idToken: idToken('A') });
    await csms.until('ReservationStatusUpdate');
    await csms.until('StatusNotification', 4);
    expect(csms.payloads('ReservationStatusUpdate')).toEqual([
      { reservationId: 8, reservationUpdateStatus: 'Expired' },
    ]);
    expect(csms.payloads('StatusNotification').map(({ connectorStatus }) => connectorStatus)).toEqual([
      'Available',
      'Available',
      'Reserved',
      'Available',
    ]);
  });

  it('sends a triggered TransactionEvent in the order of the others (TC_F_15)', async () => {
    const session = charger.startSession({ connector: 1 });
    await session.started;
    expect(await csms.call('TriggerMessage', { requestedMessage: 'TransactionEvent' })).toEqual({ status: 'Accepted' });
    session.stop('Local');
    await session.result;
    const events = csms.payloads<{ seqNo: number; triggerReason: string }>('TransactionEvent');
    expect(events.map(({ seqNo }) => seqNo)).toEqual(events.map((_, index) => index));
    expect(events.map(({ triggerReason }) => triggerReason)).toContain('Trigger');
  });

  it('resets one EVSE without leaving (TC_B_27)', async () => {
    const first = charger.startSession({ connector: 1 });
    const second = charger.startSession({ connector: 2 });
    await Promise.all([first.started, second.started]);
    expect(await csms.call('Reset', { type: 'Immediate', evseId: 1 })).toEqual({ status: 'Accepted' });
    expect(await first.result).toMatchObject({ ok: true });
    expect(charger.status(2)).toBe('Occupied');
    expect(csms.payloads('BootNotification')).toHaveLength(1);
  });
});
