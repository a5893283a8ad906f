import { readFileSync } from 'node:fs';
import type { SettableChargingProfile, Command } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import type { Schema } from '@ocpp-gw/testing';
import { outboundActions, translate } from './table.ts';

const time = '2026-03-01T10:00:00Z';
const retry = { retries: 3, retryInterval: 60 };
const url = 'https://files.example/';
const period = { startPeriod: 0, limit: 16, numberPhases: 3 };
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
const entry = { idToken: 'TAG', status: 'Accepted', expiresAt: time, groupIdToken: 'FAMILY' } as const;

/** One of every kind, with every field that 1.6 has a place for. */
const fullest: readonly Exclude<Command, { kind: 'Call' }>[] = [
  { kind: 'RemoteStart', idToken: 'TAG', evseId: 1, remoteStartId: 1, chargingProfile: txProfile },
  { kind: 'RemoteStop', transactionId: '1' },
  { kind: 'Reset', type: 'Soft' },
  { kind: 'UnlockConnector', evseId: 1 },
  { kind: 'ChangeAvailability', operative: true, evseId: 1 },
  { kind: 'ChangeConfiguration', key: 'HeartbeatInterval', value: '60' },
  { kind: 'GetConfiguration', keys: ['HeartbeatInterval'] },
  { kind: 'ClearCache' },
  { kind: 'DataTransfer', vendorId: 'V', messageId: 'M', data: '' },
  { kind: 'TriggerMessage', requestedMessage: 'MeterValues', evseId: 1 },
  { kind: 'ExtendedTriggerMessage', requestedMessage: 'MeterValues', evseId: 1 },
  { kind: 'ReserveNow', reservationId: 1, idToken: 'TAG', groupIdToken: 'FAMILY', evseId: 1, expiresAt: time },
  { kind: 'CancelReservation', reservationId: 1 },
  { kind: 'SendLocalList', version: 1, updateType: 'Full', entries: [entry] },
  { kind: 'GetLocalListVersion' },
  { kind: 'SetChargingProfile', evseId: 1, chargingProfile: { ...txProfile, transactionId: '1' } },
  { kind: 'ClearChargingProfile', chargingProfileId: 1, evseId: 1, purpose: 'TxProfile', stackLevel: 0 },
  { kind: 'GetCompositeSchedule', evseId: 1, duration: 60, chargingRateUnit: 'W' },
  { kind: 'GetDiagnostics', ocppRequestId: 1, location: url, oldest: time, latest: time, ...retry },
  { kind: 'GetLog', logType: 'SecurityLog', ocppRequestId: 1, location: url, oldest: time, latest: time, ...retry },
  { kind: 'UpdateFirmware', ocppRequestId: 1, location: url, retrieveAt: time, ...retry },
  {
    kind: 'SignedUpdateFirmware',
    ocppRequestId: 1,
    location: url,
    retrieveAt: time,
    installAt: time,
    signingCertificate: 'PEM',
    signature: 'c2ln',
    ...retry,
  },
  { kind: 'InstallCertificate', certificateType: 'ManufacturerRootCertificate', certificate: 'PEM' },
  {
    kind: 'DeleteCertificate',
    hashAlgorithm: 'SHA256',
    issuerNameHash: 'ab',
    issuerKeyHash: 'cd',
    serialNumber: '01',
  },
  { kind: 'GetInstalledCertificateIds', certificateTypes: ['ManufacturerRootCertificate'] },
  { kind: 'CertificateSigned', certificateChain: 'PEM' },
];

/** Properties of official requests that no neutral command may fill. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  // Section 5.16.2: "the transactionId SHALL NOT be set".
  RemoteStartTransaction: ['chargingProfile.transactionId'],
};

const sent = new Map(
  fullest.map((command) => {
    const translation = translate(command);
    if (!translation.ok) throw new Error(`${command.kind}: ${JSON.stringify(translation)}`);
    return [translation.action, translation.payload];
  }),
);

describe('neutral commands', () => {
  it('reach every action that a CSMS sends', () => {
    expect([...sent.keys()].sort()).toEqual([...outboundActions]);
    expect(sent.size).toBe(fullest.length);
  });

  it.each([...outboundActions])('fill every property of %s', (action) => {
    const schema = JSON.parse(readFileSync(new URL(`../../schemas/${action}.json`, import.meta.url), 'utf8')) as Schema;
    const filled = [...propertiesOf(sent.get(action)), ...(FORBIDDEN[action] ?? [])];
    expect(filled.sort()).toEqual([...declaredBy(schema, schema)].sort());
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
