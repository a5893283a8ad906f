import type { Command } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { readAnswer, readStatus } from './table.ts';

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const period = { startPeriod: 0, limit: 16 };

describe('readAnswer', () => {
  it.each<{ kind: Command['kind']; fields?: object; payload: Record<string, unknown>; answer: object | undefined }>([
    { kind: 'RemoteStart', payload: { status: 'Accepted' }, answer: {} },
    {
      kind: 'GetConfiguration',
      payload: {
        configurationKey: [
          { key: 'HeartbeatInterval', readonly: false, value: '60' },
          { key: 'AuthorizationKey', readonly: false, value: 'correct horse 16' },
        ],
        unknownKey: ['Nonsense'],
      },
      answer: {
        configuration: [
          { key: 'HeartbeatInterval', readonly: false, value: '60' },
          { key: 'AuthorizationKey', readonly: false },
        ],
        unknownKeys: ['Nonsense'],
      },
    },
    { kind: 'GetConfiguration', payload: {}, answer: { configuration: [], unknownKeys: [] } },
    { kind: 'DataTransfer', payload: { status: 'Accepted', data: 'text' }, answer: { data: 'text' } },
    { kind: 'DataTransfer', payload: { status: 'UnknownVendorId' }, answer: {} },
    { kind: 'GetLocalListVersion', payload: { listVersion: -1 }, answer: { version: -1 } },
    {
      kind: 'GetCompositeSchedule',
      payload: {
        status: 'Accepted',
        connectorId: 1,
        scheduleStart: '2026-03-01T10:00:00Z',
        chargingSchedule: { duration: 300, chargingRateUnit: 'A', chargingSchedulePeriod: [period] },
      },
      answer: {
        evseId: 1,
        scheduleStart: '2026-03-01T10:00:00Z',
        schedule: { duration: 300, chargingRateUnit: 'A', periods: [period] },
      },
    },
    { kind: 'GetCompositeSchedule', payload: { status: 'Rejected' }, answer: {} },
    { kind: 'GetDiagnostics', payload: { fileName: 'log.zip' }, answer: { fileName: 'log.zip' } },
    { kind: 'GetDiagnostics', payload: { fileName: '' }, answer: {} },
    { kind: 'GetLog', payload: { status: 'Accepted', filename: 'log.zip' }, answer: { fileName: 'log.zip' } },
    {
      kind: 'GetInstalledCertificateIds',
      fields: { certificateTypes: ['ManufacturerRootCertificate'] },
      payload: { status: 'Accepted', certificateHashData: [hash] },
      answer: { certificates: [{ ...hash, certificateType: 'ManufacturerRootCertificate' }] },
    },
    { kind: 'GetInstalledCertificateIds', payload: { status: 'NotFound' }, answer: { certificates: [] } },
    { kind: 'Reset', payload: { status: 'Accepted' }, answer: undefined },
    { kind: 'Call', payload: { status: 'Accepted', data: 'text' }, answer: undefined },
  ])('of $kind reads $payload', ({ kind, fields, payload, answer }) => {
    // What else the command says does not matter here.
    expect(readAnswer({ kind, ...fields } as Command, payload)).toEqual(answer);
  });
});

describe('readStatus', () => {
  it.each([
    [{ status: 'Accepted' }, 'Accepted'],
    [{ listVersion: 4 }, undefined],
  ])('of %j is %s', (payload, status) => {
    expect(readStatus({ kind: 'GetLocalListVersion' }, payload)).toBe(status);
  });

  it('F25 of a GetConfiguration is none: its answer lists the keys that the charge point does not have', () => {
    expect(readStatus({ kind: 'GetConfiguration', keys: ['A'] }, { unknownKey: ['A'] })).toBeUndefined();
  });
});
