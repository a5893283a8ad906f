import { readFileSync } from 'node:fs';
import type { AskedCommand, Mirror, MirrorEffect } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { type Schema, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { ocpp16 } from '../index.ts';
import { mirrors, type OutboundAction } from './table.ts';

const now = new Date('2026-03-01T10:00:00Z');
const asked: AskedCommand = { command: { kind: 'RemoteStart', idToken: 'TAG', remoteStartId: 7 }, sentAt: now };
const accepted = { status: 'Accepted' };
const time = '2026-03-02T10:00:00Z';
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const root = { certificateType: 'ManufacturerRootCertificate' };
const password = { key: 'AuthorizationKey', value: 'correct horse 16' };
const profile = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [] },
};

type Exchange = readonly [action: OutboundAction, request: object, answer: object];
/** What no answer brings about, but an operator or a silence. */
type Producible = Exclude<MirrorEffect['kind'], 'transactionEndInferred' | 'stopAssigned'>;
/** For each effect an exchange that brings it about: a new effect breaks the build until something does. */
const producers: Readonly<Record<Producible, Exchange>> = {
  availabilityChanged: ['ChangeAvailability', { connectorId: 1, type: 'Operative' }, accepted],
  certificateAccepted: ['CertificateSigned', { certificateChain: 'PEM' }, accepted],
  certificateDeleted: ['DeleteCertificate', { certificateHashData: hash }, accepted],
  certificateInstalled: ['InstallCertificate', { ...root, certificate: 'PEM' }, accepted],
  certificatesSeen: ['GetInstalledCertificateIds', root, { ...accepted, certificateHashData: [hash] }],
  chargingProfileSet: ['SetChargingProfile', { connectorId: 1, csChargingProfiles: profile }, accepted],
  chargingProfilesCleared: ['ClearChargingProfile', {}, accepted],
  configurationChanged: ['ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }, accepted],
  configurationSeen: ['GetConfiguration', {}, {}],
  firmwareUpdateRequested: ['UpdateFirmware', { location: 'https://files.example/', retrieveDate: time }, {}],
  localListVersion: ['GetLocalListVersion', {}, { listVersion: 1 }],
  logRequested: ['GetDiagnostics', { location: 'ftp://files.example/' }, { fileName: 'log.zip' }],
  password: ['ChangeConfiguration', password, accepted],
  remoteStartSent: ['RemoteStartTransaction', { idTag: 'TAG' }, accepted],
  remoteStartRefused: ['RemoteStartTransaction', { idTag: 'TAG' }, { status: 'Rejected' }],
  reservationCancelled: ['CancelReservation', { reservationId: 1 }, accepted],
  reservationMade: [
    'ReserveNow',
    { connectorId: 1, expiryDate: time, idTag: 'TAG', reservationId: 1 },
    { status: 'Accepted' },
  ],
  securityProfile: ['ChangeConfiguration', { key: 'SecurityProfile', value: '2' }, accepted],
};

const schemaOf = (message: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${message}.json`, import.meta.url), 'utf8')) as Schema;

const answered = (action: string, request: object, answer: object): readonly object[] => {
  const mirror: Mirror | undefined = ocpp16.mirrors[action];
  return [
    ...(mirror?.before?.(request as never, now, asked) ?? []),
    ...(mirror?.answered?.(request as never, answer as never, now, asked) ?? []),
  ];
};

describe('mirrors', () => {
  it.each(Object.entries(producers))('bring about %s', (kind, [action, request, answer]) => {
    expect(ocpp16.validateRequest(action, request, 'strict')).toMatchObject({ ok: true });
    expect(ocpp16.validateResponse(action, answer, 'strict')).toMatchObject({ ok: true });
    expect(answered(action, request, answer)).toContainEqual(expect.objectContaining({ kind }));
  });

  it.each(Object.keys(mirrors))('of %s take whatever the schemas let through', (action) => {
    const payloads = fc.tuple(validPayload(schemaOf(action)), validPayload(schemaOf(`${action}Response`)));
    fc.assert(
      fc.property(payloads, ([request, answer]) => {
        const mirror: Mirror | undefined = ocpp16.mirrors[action];
        const undone = mirror?.undone?.(request as never, now, asked) ?? [];
        const effects = [...answered(action, request, answer), ...undone];
        // An invalid Date has no ISO text.
        expect(() => JSON.parse(JSON.stringify(effects, validDates)) as unknown).not.toThrow();
      }),
    );
  });

  it.each(['Reset', 'ClearCache', 'UnlockConnector', 'TriggerMessage', 'DataTransfer'])(
    '%s, which changes nothing that lasts, has none',
    (action) => {
      expect(ocpp16.mirrors).not.toHaveProperty(action);
    },
  );
});

function validDates(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const held = this[name];
  if (held instanceof Date) held.toISOString();
  return value;
}
