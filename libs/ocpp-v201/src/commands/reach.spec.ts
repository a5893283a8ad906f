import { readFileSync } from 'node:fs';
import type { SettableChargingProfile, Command } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import type { Schema } from '@ocpp-gw/testing';
import { outboundActions, translate } from './table.ts';

const time = '2026-03-01T10:00:00Z';
const retry = { retries: 3, retryInterval: 60 };
const asked = { ocppRequestId: 1 };
const location = 'https://files.example/';
const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' } as const;
const period = { startPeriod: 0, limit: 16, numberPhases: 1, phaseToUse: 2 };
const txProfile: SettableChargingProfile = {
  chargingProfileId: 1,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Recurring',
  recurrencyKind: 'Daily',
  validFrom: time,
  validTo: time,
  schedule: {
    duration: 60,
    startSchedule: time,
    chargingRateUnit: 'A',
    minChargingRate: 6,
    periods: [period],
  },
};
const entry = { idToken: 'TOKEN', status: 'Accepted', expiresAt: time, groupIdToken: 'FAMILY' } as const;
const component = { name: 'Connector', instance: 'left', evse: { id: 1, connectorId: 1 } };
const variable = { name: 'ConnectorType', instance: 'a' };
const componentVariables = [{ component, variable }];

/** Some of every kind, which together fill every field that 2.0.1 has a place for. */
const fullest: readonly Exclude<Command, { kind: 'Call' }>[] = [
  {
    kind: 'RemoteStart',
    idToken: 'TOKEN',
    evseId: 1,
    remoteStartId: 1,
    chargingProfile: txProfile,
    groupIdToken: 'FAMILY',
  },
  { kind: 'RemoteStop', transactionId: '1' },
  { kind: 'Reset', type: 'Soft', evseId: 1 },
  { kind: 'UnlockConnector', evseId: 1 },
  { kind: 'ChangeAvailability', operative: true, evseId: 1, connectorId: 1 },
  { kind: 'ChangeConfiguration', key: 'HeartbeatInterval', value: '60' },
  { kind: 'GetConfiguration', keys: ['HeartbeatInterval'] },
  { kind: 'ClearCache' },
  { kind: 'DataTransfer', vendorId: 'V', messageId: 'M', data: '' },
  { kind: 'TriggerMessage', requestedMessage: 'StatusNotification', evseId: 1 },
  { kind: 'ExtendedTriggerMessage', requestedMessage: 'MeterValues', evseId: 1 },
  { kind: 'ReserveNow', reservationId: 1, idToken: 'TOKEN', groupIdToken: 'FAMILY', evseId: 1, expiresAt: time },
  { kind: 'ReserveNow', reservationId: 1, idToken: 'TOKEN', connectorType: 'cType2', expiresAt: time },
  { kind: 'CancelReservation', reservationId: 1 },
  { kind: 'SendLocalList', version: 1, updateType: 'Full', entries: [entry] },
  { kind: 'GetLocalListVersion' },
  { kind: 'SetChargingProfile', evseId: 1, chargingProfile: { ...txProfile, transactionId: '1' } },
  { kind: 'ClearChargingProfile', chargingProfileId: 1 },
  { kind: 'ClearChargingProfile', evseId: 1, purpose: 'TxProfile', stackLevel: 0 },
  { kind: 'GetCompositeSchedule', evseId: 1, duration: 60, chargingRateUnit: 'W' },
  { kind: 'GetDiagnostics', ...asked, location, oldest: time, latest: time, ...retry },
  { kind: 'GetLog', logType: 'SecurityLog', ...asked, location, oldest: time, latest: time, ...retry },
  { kind: 'UpdateFirmware', ...asked, location, retrieveAt: time, ...retry },
  {
    kind: 'SignedUpdateFirmware',
    ...asked,
    location,
    retrieveAt: time,
    installAt: time,
    signingCertificate: 'PEM',
    signature: 'c2ln',
    ...retry,
  },
  { kind: 'InstallCertificate', certificateType: 'V2GRootCertificate', certificate: 'PEM' },
  { kind: 'DeleteCertificate', ...hash },
  { kind: 'GetInstalledCertificateIds', certificateTypes: ['V2GCertificateChain'] },
  { kind: 'CertificateSigned', certificateChain: 'PEM', certificateType: 'V2GCertificate' },
  { kind: 'GetVariables', variables: [{ component, variable, attributeType: 'Target' }] },
  { kind: 'SetVariables', variables: [{ component, variable, attributeType: 'Target', attributeValue: '' }] },
  { kind: 'GetBaseReport', ...asked, reportBase: 'FullInventory' },
  { kind: 'GetReport', ...asked, componentCriteria: ['Active'], componentVariables },
  {
    kind: 'SetNetworkProfile',
    configurationSlot: 1,
    connectionData: {
      ocppVersion: 'OCPP20',
      ocppTransport: 'JSON',
      ocppCsmsUrl: 'wss://csms.example/',
      messageTimeout: 30,
      securityProfile: 2,
      ocppInterface: 'Wireless0',
      apn: {
        apn: 'internet',
        apnUserName: 'user',
        apnPassword: 'secret',
        simPin: 1234,
        preferredNetwork: '26201',
        useOnlyPreferredNetwork: true,
        apnAuthentication: 'PAP',
      },
      vpn: { server: 'vpn', user: 'user', group: 'group', password: 'secret', key: 'secret', type: 'L2TP' },
    },
  },
  { kind: 'GetTransactionStatus', transactionId: '1' },
  { kind: 'CostUpdated', transactionId: '1', totalCost: 1.5 },
  {
    kind: 'GetChargingProfiles',
    ...asked,
    evseId: 1,
    purpose: 'TxProfile',
    stackLevel: 0,
    chargingProfileIds: [1],
    chargingLimitSources: ['EMS'],
  },
  { kind: 'PublishFirmware', ...asked, location, checksum, ...retry },
  { kind: 'UnpublishFirmware', checksum },
  { kind: 'CustomerInformation', ...asked, report: true, clear: true, customerIdentifier: 'C-1' },
  { kind: 'CustomerInformation', ...asked, report: true, clear: true, idToken: 'TOKEN', idTokenType: 'eMAID' },
  { kind: 'CustomerInformation', ...asked, report: true, clear: true, customerCertificate: hash },
  { kind: 'GetMonitoringReport', ...asked, monitoringCriteria: ['DeltaMonitoring'], componentVariables },
  { kind: 'SetMonitoringBase', monitoringBase: 'All' },
  { kind: 'SetMonitoringLevel', severity: 5 },
  {
    kind: 'SetVariableMonitoring',
    monitors: [{ id: 1, transaction: true, value: 1, type: 'Delta', severity: 5, component, variable }],
  },
  { kind: 'ClearVariableMonitoring', ids: [1] },
  {
    kind: 'SetDisplayMessage',
    message: {
      id: 1,
      priority: 'InFront',
      state: 'Idle',
      startDateTime: time,
      endDateTime: time,
      transactionId: '1',
      message: { format: 'UTF8', language: 'nl', content: 'Hallo' },
      display: component,
    },
  },
  { kind: 'GetDisplayMessages', ...asked, ids: [1], priority: 'InFront', state: 'Idle' },
  { kind: 'ClearDisplayMessage', id: 1 },
];

/** Properties of official requests that no neutral command may fill. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  // K05: the transaction has no id yet.
  RequestStartTransaction: ['chargingProfile.transactionId'],
};

/**
 * What the call route alone fills: the vendor's own data, further tokens of one token, prices by ISO 15118, and what a list entry says
 * beyond whether and until when.
 */
const BY_CALL =
  /(^|\.)(customData|additionalInfo|salesTariff)(\.|$)|idTokenInfo\.(chargingPriority|evseId|language\d|personalMessage)/;

const sent = fullest.map((command) => {
  const translation = translate(command);
  if (!translation.ok) throw new Error(`${command.kind}: ${JSON.stringify(translation)}`);
  return translation;
});

describe('neutral commands', () => {
  it('reach every action that a CSMS sends', () => {
    expect([...new Set(sent.map(({ action }) => action))].sort()).toEqual([...outboundActions]);
  });

  it.each([...outboundActions])('fill every property of %s', (action) => {
    const text = readFileSync(new URL(`../../schemas/${action}Request.json`, import.meta.url), 'utf8');
    const schema = JSON.parse(text) as Schema;
    const payloads = sent.filter((each) => each.action === action).map(({ payload }) => payload);
    const filled = new Set([
      ...payloads.flatMap((payload) => [...propertiesOf(payload)]),
      ...(FORBIDDEN[action] ?? []),
    ]);
    const declared = [...declaredBy(schema, schema)].filter((name) => !BY_CALL.test(name));
    expect([...filled].sort()).toEqual(declared.sort());
  });
});

/** Dotted names of all properties, those of list items among them. */
function* propertiesOf(value: unknown, prefix = ''): Generator<string> {
  if (Array.isArray(value)) return yield* propertiesOf(value[0], prefix);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    yield prefix + name;
    yield* propertiesOf(inner, `${prefix}${name}.`);
  }
}

function* declaredBy(schema: Schema, root: Schema, prefix = ''): Generator<string> {
  const { $ref, items, properties = {} } = schema;
  if ($ref) yield* declaredBy(root.definitions?.[$ref.replace('#/definitions/', '')] ?? {}, root, prefix);
  if (items) yield* declaredBy(items, root, prefix);
  for (const [name, property] of Object.entries(properties)) {
    yield prefix + name;
    yield* declaredBy(property, root, `${prefix}${name}.`);
  }
}
