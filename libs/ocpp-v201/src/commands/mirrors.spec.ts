import { readFileSync } from 'node:fs';
import type { AskedCommand, DeviceEffect, Mirror, MirrorEffect } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { type Schema, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { ocpp201 } from '../index.ts';
import { mirrors, type OutboundAction } from './table.ts';

const now = new Date('2026-03-01T10:00:00Z');
const asked: AskedCommand = { command: { kind: 'ClearCache' }, sentAt: now };
const accepted = { status: 'Accepted' };
const time = '2026-03-02T10:00:00Z';
const location = 'https://files.example/';
const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const root = { certificateType: 'ManufacturerRootCertificate' };
const named = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };
const monitor = { ...named, type: 'Delta', severity: 5 };
const password = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
const message = { id: 1, priority: 'InFront', message: { format: 'UTF8', content: 'Hello' } };
const profile = {
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 6 }] }],
};
const connectionData = {
  ocppVersion: 'OCPP20',
  ocppTransport: 'JSON',
  ocppCsmsUrl: 'wss://csms.example/',
  messageTimeout: 30,
  securityProfile: 2,
  ocppInterface: 'Wired0',
};
const networkProfile = ['SetNetworkProfile', { configurationSlot: 1, connectionData }, accepted] as const;

type Exchange = readonly [action: OutboundAction, request: object, answer: object];
/**
 * What an answer of 2.0.1 can bring about: not what the station tells in CALLs of its own, nor keys of 1.6, nor what 2.0.1
 * says in the start itself, nor what an operator or a silence does.
 */
type Producible =
  | Exclude<
      MirrorEffect['kind'],
      | 'configurationSeen'
      | 'configurationChanged'
      | 'remoteStartSent'
      | 'remoteStartRefused'
      | 'transactionEndInferred'
      | 'stopAssigned'
    >
  | Exclude<
      DeviceEffect['kind'],
      | 'chargingLimit'
      | 'chargingProfilesReported'
      | 'evChargingNeeds'
      | 'evChargingSchedule'
      | 'firmwarePublicationStatus'
      | 'reportPart'
      | 'reservationEnded'
      | 'stationEvents'
    >;
/** For each effect an exchange that brings it about: a new effect breaks the build until something does. */
const producers: { readonly [K in Producible]: Exchange } = {
  availabilityChanged: ['ChangeAvailability', { operationalStatus: 'Operative' }, accepted],
  certificateAccepted: ['CertificateSigned', { certificateChain: 'PEM' }, accepted],
  certificateDeleted: ['DeleteCertificate', { certificateHashData: hash }, accepted],
  certificateInstalled: ['InstallCertificate', { ...root, certificate: 'PEM' }, accepted],
  certificatesSeen: [
    'GetInstalledCertificateIds',
    {},
    { ...accepted, certificateHashDataChain: [{ ...root, certificateHashData: hash }] },
  ],
  chargingProfileSet: ['SetChargingProfile', { evseId: 1, chargingProfile: profile }, accepted],
  chargingProfilesCleared: ['ClearChargingProfile', { chargingProfileId: 1 }, accepted],
  displayMessageCleared: ['ClearDisplayMessage', { id: 1 }, accepted],
  displayMessagesReported: ['SetDisplayMessage', { message }, accepted],
  firmwarePublicationRequested: ['PublishFirmware', { requestId: 1, location, checksum }, accepted],
  firmwareUnpublished: ['UnpublishFirmware', { checksum }, { status: 'Unpublished' }],
  firmwareUpdateRequested: [
    'UpdateFirmware',
    { requestId: 1, firmware: { location, retrieveDateTime: time } },
    accepted,
  ],
  localListVersion: ['GetLocalListVersion', {}, { versionNumber: 1 }],
  logRequested: ['GetLog', { requestId: 1, logType: 'SecurityLog', log: { remoteLocation: location } }, accepted],
  monitorsCleared: ['ClearVariableMonitoring', { id: [1] }, { clearMonitoringResult: [{ id: 1, status: 'NotFound' }] }],
  monitorsReported: [
    'SetVariableMonitoring',
    { setMonitoringData: [{ ...monitor, value: 1 }] },
    { setMonitoringResult: [{ ...monitor, id: 1, ...accepted }] },
  ],
  networkProfileSet: networkProfile,
  password: [
    'SetVariables',
    { setVariableData: [{ ...password, attributeValue: 'correct horse 16' }] },
    { setVariableResult: [{ ...password, attributeStatus: 'Accepted' }] },
  ],
  reportRequested: ['GetBaseReport', { requestId: 1, reportBase: 'FullInventory' }, accepted],
  reservationCancelled: ['CancelReservation', { reservationId: 1 }, accepted],
  reservationMade: [
    'ReserveNow',
    { id: 1, expiryDateTime: time, idToken: { idToken: 'TOKEN', type: 'Central' } },
    accepted,
  ],
  securityProfile: networkProfile,
  transactionStatusReported: [
    'GetTransactionStatus',
    { transactionId: 'b7f2c9' },
    { ongoingIndicator: false, messagesInQueue: false },
  ],
  variablesReported: [
    'GetVariables',
    { getVariableData: [named] },
    { getVariableResult: [{ ...named, attributeStatus: 'Accepted', attributeValue: '7400' }] },
  ],
};

const schemaOf = (message: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${message}.json`, import.meta.url), 'utf8')) as Schema;

const answered = (action: string, request: object, answer: object): readonly object[] => {
  const mirror: Mirror | undefined = ocpp201.mirrors[action];
  return mirror?.answered?.(request as never, answer as never, now, asked) ?? [];
};

describe('mirrors', () => {
  it.each(Object.entries(producers))('bring about %s', (kind, [action, request, answer]) => {
    expect(ocpp201.validateRequest(action, request, 'strict')).toMatchObject({ ok: true });
    expect(ocpp201.validateResponse(action, answer, 'strict')).toMatchObject({ ok: true });
    expect(answered(action, request, answer)).toContainEqual(expect.objectContaining({ kind }));
  });

  it.each(Object.keys(mirrors))('of %s take whatever the schemas let through', (action) => {
    const payloads = fc.tuple(validPayload(schemaOf(`${action}Request`)), validPayload(schemaOf(`${action}Response`)));
    fc.assert(
      fc.property(payloads, ([request, answer]) => {
        const mirror: Mirror | undefined = ocpp201.mirrors[action];
        const effects = [
          ...(mirror?.before?.(request as never, now, asked) ?? []),
          ...answered(action, request, answer),
        ];
        // An invalid Date has no ISO text.
        expect(() => JSON.parse(JSON.stringify(effects, validDates)) as unknown).not.toThrow();
      }),
    );
  });

  it.each([
    'Reset',
    'ClearCache',
    'UnlockConnector',
    'TriggerMessage',
    'DataTransfer',
    'CostUpdated',
    'SetMonitoringLevel',
  ])('%s, which changes nothing that lasts, has none', (action) => {
    expect(ocpp201.mirrors).not.toHaveProperty(action);
  });
});

function validDates(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const held = this[name];
  if (held instanceof Date) held.toISOString();
  return value;
}
