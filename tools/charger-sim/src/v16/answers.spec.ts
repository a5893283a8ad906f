import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundActions, validateCommandPayload } from '@ocpp-gw/ocpp-v16/commands';
import { TEST_ROOT } from '../testdata/certificate.ts';
import { FakeCsms } from '../testdata/fake-csms.ts';
import { type SimulatedCharger, startCharger } from '../index.ts';

const later = (): string => new Date(Date.now() + 3_600_000).toISOString();
const now = (): string => new Date().toISOString();
const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] };
const profile = {
  chargingProfileId: 1,
  stackLevel: 1,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: schedule,
};
const hashData = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '1' };

/** Each CALL a central system may send, and what must be in the answer. In order: later rows see what earlier ones did. */
const CALLS: [action: string, request: object, answer: object][] = [
  ['CancelReservation', { reservationId: 99 }, { status: 'Rejected' }],
  ['ReserveNow', { connectorId: 2, expiryDate: later(), idTag: 'A', reservationId: 5 }, { status: 'Accepted' }],
  ['ReserveNow', { connectorId: 2, expiryDate: later(), idTag: 'B', reservationId: 6 }, { status: 'Occupied' }],
  ['ReserveNow', { connectorId: 0, expiryDate: later(), idTag: 'B', reservationId: 6 }, { status: 'Rejected' }],
  ['RemoteStartTransaction', { connectorId: 2, idTag: 'B' }, { status: 'Rejected' }],
  ['CancelReservation', { reservationId: 5 }, { status: 'Accepted' }],
  ['CertificateSigned', { certificateChain: TEST_ROOT }, { status: 'Accepted' }],
  ['CertificateSigned', { certificateChain: 'nonsense' }, { status: 'Rejected' }],
  ['ChangeAvailability', { connectorId: 2, type: 'Inoperative' }, { status: 'Accepted' }],
  ['ReserveNow', { connectorId: 2, expiryDate: later(), idTag: 'A', reservationId: 5 }, { status: 'Unavailable' }],
  ['ChangeAvailability', { connectorId: 0, type: 'Operative' }, { status: 'Accepted' }],
  ['ChangeAvailability', { connectorId: 9, type: 'Operative' }, { status: 'Rejected' }],
  ['ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '60' }, { status: 'Accepted' }],
  ['ChangeConfiguration', { key: 'MeterValueSampleInterval', value: 'often' }, { status: 'Rejected' }],
  ['ChangeConfiguration', { key: 'NumberOfConnectors', value: '7' }, { status: 'Rejected' }],
  ['ChangeConfiguration', { key: 'Unheard', value: '7' }, { status: 'NotSupported' }],
  ['ChangeConfiguration', { key: 'SecurityProfile', value: '2' }, { status: 'RebootRequired' }],
  ['ChangeConfiguration', { key: 'TransactionMessageAttempts', value: '5' }, { status: 'Accepted' }],
  ['ChangeConfiguration', { key: 'TransactionMessageRetryInterval', value: '1' }, { status: 'Accepted' }],
  ['ChangeConfiguration', { key: 'MessageTimeout', value: '20' }, { status: 'Accepted' }],
  ['ChangeConfiguration', { key: 'HeartbeatInterval', value: '600' }, { status: 'Accepted' }],
  ['ClearCache', {}, { status: 'Accepted' }],
  ['SetChargingProfile', { connectorId: 1, csChargingProfiles: profile }, { status: 'Accepted' }],
  ['SetChargingProfile', { connectorId: 9, csChargingProfiles: profile }, { status: 'Rejected' }],
  [
    'SetChargingProfile',
    { connectorId: 1, csChargingProfiles: { ...profile, chargingProfilePurpose: 'TxProfile' } },
    { status: 'Rejected' },
  ],
  ['GetCompositeSchedule', { connectorId: 1, duration: 600 }, { status: 'Accepted', chargingSchedule: schedule }],
  ['GetCompositeSchedule', { connectorId: 1, duration: 600, chargingRateUnit: 'W' }, { status: 'Accepted' }],
  ['GetCompositeSchedule', { connectorId: 9, duration: 600 }, { status: 'Rejected' }],
  ['ClearChargingProfile', { id: 1 }, { status: 'Accepted' }],
  ['ClearChargingProfile', {}, { status: 'Unknown' }],
  ['DataTransfer', { vendorId: 'ocpp-gw.simulator' }, { status: 'Accepted' }],
  ['DataTransfer', { vendorId: 'other', messageId: 'x', data: 'y' }, { status: 'UnknownVendorId' }],
  ['GetInstalledCertificateIds', { certificateType: 'CentralSystemRootCertificate' }, { status: 'NotFound' }],
  [
    'InstallCertificate',
    { certificateType: 'CentralSystemRootCertificate', certificate: TEST_ROOT },
    { status: 'Accepted' },
  ],
  [
    'InstallCertificate',
    { certificateType: 'ManufacturerRootCertificate', certificate: 'nonsense' },
    { status: 'Rejected' },
  ],
  [
    'GetInstalledCertificateIds',
    { certificateType: 'CentralSystemRootCertificate' },
    { status: 'Accepted', certificateHashData: [{ serialNumber: 'a1b2c' }] },
  ],
  ['DeleteCertificate', { certificateHashData: hashData }, { status: 'NotFound' }],
  ['ExtendedTriggerMessage', { requestedMessage: 'BootNotification' }, { status: 'Rejected' }],
  ['ExtendedTriggerMessage', { requestedMessage: 'LogStatusNotification' }, { status: 'Accepted' }],
  ['ExtendedTriggerMessage', { requestedMessage: 'SignChargePointCertificate' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'BootNotification' }, { status: 'Rejected' }],
  ['TriggerMessage', { requestedMessage: 'DiagnosticsStatusNotification' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'FirmwareStatusNotification' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'Heartbeat' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 1 }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 9 }, { status: 'Rejected' }],
  ['TriggerMessage', { requestedMessage: 'StatusNotification' }, { status: 'Accepted' }],
  ['TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 0 }, { status: 'Accepted' }],
  ['GetConfiguration', {}, { configurationKey: expect.any(Array) }],
  [
    'GetConfiguration',
    { key: ['heartbeatinterval', 'AuthorizationKey', 'Unheard'] },
    {
      configurationKey: [
        { key: 'HeartbeatInterval', readonly: false, value: '600' },
        { key: 'AuthorizationKey', readonly: false },
      ],
      unknownKey: ['Unheard'],
    },
  ],
  ['GetDiagnostics', { location: 'ftp://example.com/' }, { fileName: 'diagnostics-CP1.log' }],
  ['GetLocalListVersion', {}, { listVersion: 0 }],
  [
    'SendLocalList',
    {
      listVersion: 3,
      updateType: 'Full',
      localAuthorizationList: [{ idTag: 'A', idTagInfo: { status: 'Accepted' } }],
    },
    { status: 'Accepted' },
  ],
  ['SendLocalList', { listVersion: 3, updateType: 'Differential' }, { status: 'VersionMismatch' }],
  ['GetLocalListVersion', {}, { listVersion: 3 }],
  [
    'GetLog',
    { logType: 'SecurityLog', requestId: 1, log: { remoteLocation: 'ftp://example.com/' } },
    { status: 'Accepted', filename: 'SecurityLog-1.log' },
  ],
  [
    'GetLog',
    { logType: 'DiagnosticsLog', requestId: 2, log: { remoteLocation: 'ftp://example.com/' } },
    { status: 'AcceptedCanceled' },
  ],
  ['RemoteStopTransaction', { transactionId: 4711 }, { status: 'Rejected' }],
  ['UnlockConnector', { connectorId: 1 }, { status: 'Unlocked' }],
  ['UnlockConnector', { connectorId: 9 }, { status: 'NotSupported' }],
  ['RemoteStartTransaction', { idTag: 'TAG' }, { status: 'Accepted' }],
  [
    'SignedUpdateFirmware',
    {
      requestId: 1,
      firmware: { location: 'l', retrieveDateTime: now(), signingCertificate: 'nonsense', signature: 's' },
    },
    { status: 'InvalidCertificate' },
  ],
  ['UpdateFirmware', { location: 'ftp://example.com/f', retrieveDate: later() }, {}],
  ['Reset', { type: 'Soft' }, { status: 'Accepted' }],
];

describe('an OCPP 1.6 charger', () => {
  let csms: FakeCsms;
  let charger: SimulatedCharger;

  beforeEach(async () => {
    csms = await FakeCsms.start('1.6');
    charger = await startCharger(
      {
        url: csms.url,
        protocol: '1.6',
        id: 'CP1',
        stepMs: 30,
        rebootMs: 10,
        backoff: { firstMs: 10, maxMs: 20 },
      },
      AbortSignal.timeout(20_000),
    );
  });
  afterEach(async () => {
    await charger.close();
    csms.stop();
  });

  it('answers every action a central system may send, by the schema, and sends nothing that breaks one', async () => {
    for (const [action, request, answer] of CALLS) {
      expect({ action, check: validateCommandPayload(action, request) }).toEqual({ action, check: { ok: true } });
      expect({ action, request, answer: await csms.call(action, request) }).toMatchObject({ action, request, answer });
    }
    expect(new Set(CALLS.map(([action]) => action))).toEqual(outboundActions);
    await csms.until('BootNotification', 2);
    expect(csms.violations).toEqual([]);
  });

  it('answers NotImplemented to an action that is none of a central system', async () => {
    await expect(csms.call('Heartbeat')).rejects.toMatchObject({ code: 'NotImplemented' });
    await expect(csms.call('constructor')).rejects.toMatchObject({ code: 'NotImplemented' });
  });

  it('sends what a trigger asked for, after the answer', async () => {
    csms.received.length = 0;
    for (const requestedMessage of ['MeterValues', 'Heartbeat', 'DiagnosticsStatusNotification'])
      await csms.call('TriggerMessage', { requestedMessage, connectorId: 1 });
    await csms.until('DiagnosticsStatusNotification');
    expect(csms.actions()).toEqual(['MeterValues', 'Heartbeat', 'DiagnosticsStatusNotification']);
  });

  it('signs its certificate request with its own key (TC_074)', async () => {
    await csms.call('ExtendedTriggerMessage', { requestedMessage: 'SignChargePointCertificate' });
    await csms.until('SignCertificate');
    expect(csms.payloads('SignCertificate')[0]?.['csr']).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n/);
  });

  it('uploads diagnostics and logs stage by stage (TC_045_1, TC_079)', async () => {
    await csms.call('GetDiagnostics', { location: 'ftp://example.com/' });
    await csms.until('DiagnosticsStatusNotification', 2);
    expect(csms.payloads('DiagnosticsStatusNotification')).toEqual([{ status: 'Uploading' }, { status: 'Uploaded' }]);
  });

  it('gives up the first log upload when a second is asked for', async () => {
    const log = { remoteLocation: 'ftp://example.com/' };
    await csms.call('GetLog', { logType: 'SecurityLog', requestId: 1, log });
    expect(await csms.call('GetLog', { logType: 'SecurityLog', requestId: 2, log })).toMatchObject({
      status: 'AcceptedCanceled',
    });
    await csms.until('LogStatusNotification', 3);
    expect(csms.payloads('LogStatusNotification').at(-1)).toEqual({ status: 'Uploaded', requestId: 2 });
  });

  it('updates its firmware, reboots and reports Installed from the new version (TC_044_1)', async () => {
    await csms.call('UpdateFirmware', { location: 'ftp://example.com/f', retrieveDate: now() });
    await csms.until('FirmwareStatusNotification', 4);
    expect(csms.payloads('FirmwareStatusNotification').map(({ status }) => status)).toEqual([
      'Downloading',
      'Downloaded',
      'Installing',
      'Installed',
    ]);
    expect(csms.payloads('BootNotification').at(-1)).toMatchObject({ firmwareVersion: '1.0.1' });
    expect(csms.violations).toEqual([]);
  });

  it('verifies the signing certificate of signed firmware and says so to the end (TC_080)', async () => {
    const firmware = { location: 'l', retrieveDateTime: now(), signingCertificate: TEST_ROOT, signature: 's' };
    expect(await csms.call('SignedUpdateFirmware', { requestId: 9, firmware })).toEqual({ status: 'Accepted' });
    await csms.until('SecurityEventNotification');
    expect(csms.payloads('SignedFirmwareStatusNotification').map(({ status }) => status)).toEqual([
      'Downloading',
      'Downloaded',
      'SignatureVerified',
      'Installing',
      'InstallRebooting',
      'Installed',
    ]);
    expect(csms.payloads('SecurityEventNotification')).toMatchObject([{ type: 'FirmwareUpdated' }]);
  });

  it('reconnects with a new AuthorizationKey, as bytes where it is hex (TC_073)', async () => {
    await csms.call('ChangeConfiguration', { key: 'AuthorizationKey', value: '00ff'.repeat(8) });
    await csms.until('StatusNotification', 6);
    const credentials = Buffer.from(csms.handshakes.at(-1)?.authorization?.slice(6) ?? '', 'base64');
    expect(credentials).toEqual(Buffer.concat([Buffer.from('CP1:'), Buffer.from('00ff'.repeat(8), 'hex')]));
    expect(csms.payloads('BootNotification')).toHaveLength(1);
  });

  it('reserves a connector until the reservation runs out (TC_047)', async () => {
    const expiryDate = new Date(Date.now() + 1_000).toISOString();
    await csms.call('ReserveNow', { connectorId: 1, expiryDate, idTag: 'A', reservationId: 1 });
    await csms.until('StatusNotification', 5);
    expect(
      csms
        .payloads('StatusNotification')
        .slice(3)
        .map(({ status }) => status),
    ).toEqual(['Reserved', 'Available']);
  });

  it('uses a reservation for the token it was made for (TC_046)', async () => {
    await csms.call('ReserveNow', { connectorId: 2, expiryDate: later(), idTag: 'Tag', reservationId: 31 });
    expect(() => charger.startSession({ connector: 2, idToken: 'other' })).toThrow('connector 2 not free');
    const session = charger.startSession({ connector: 2, idToken: 'TAG', meterValues: 0 });
    await session.result;
    expect(csms.payloads('StartTransaction')).toMatchObject([{ reservationId: 31, connectorId: 2 }]);
  });

  it('reports a bad root certificate as a security event (TC_078)', async () => {
    await csms.call('InstallCertificate', { certificateType: 'ManufacturerRootCertificate', certificate: 'x' });
    await csms.until('SecurityEventNotification');
    expect(csms.payloads('SecurityEventNotification')).toMatchObject([{ type: 'InvalidCentralSystemCertificate' }]);
  });

  it('deletes a certificate by the hash data it reported (TC_076)', async () => {
    const certificateType = 'ManufacturerRootCertificate';
    await csms.call('InstallCertificate', { certificateType, certificate: TEST_ROOT });
    const { certificateHashData } = await csms.call<{ certificateHashData: object[] }>('GetInstalledCertificateIds', {
      certificateType,
    });
    const [certificate] = certificateHashData;
    expect(await csms.call('DeleteCertificate', { certificateHashData: certificate })).toEqual({ status: 'Accepted' });
    expect(await csms.call('GetInstalledCertificateIds', { certificateType })).toEqual({ status: 'NotFound' });
  });
});
