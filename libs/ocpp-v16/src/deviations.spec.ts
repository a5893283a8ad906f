import { FIELD_RULES, type FieldRule } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { validators } from '#generated/validators.js';
import { deviationsOf } from './deviations.ts';
import type { Action } from './directions.ts';
import { validateRequest, validateResponse } from './validate.ts';

const time = '2026-03-01T10:00:00Z';
const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
const start = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: time };
const stop = { transactionId: 7, meterStop: 100, timestamp: time };
const meter = (sampledValue: unknown, timestamp = time) => ({
  connectorId: 1,
  meterValue: [{ timestamp, sampledValue }],
});

interface Deviation {
  what: string;
  action: string;
  sent: object;
  ids: string[];
  /** What becomes of it; absent: delivered as sent. */
  read?: object;
  /** Strict refuses with this code. */
  code: string;
}

const CASES: Deviation[] = [
  {
    what: 'a timestamp without offset (Growatt)',
    action: 'StatusNotification',
    sent: { ...status, timestamp: '2023-10-19T15:28:07' },
    ids: ['timestamp-without-offset'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a timestamp with milliseconds and no offset (AEFA)',
    action: 'MeterValues',
    sent: meter([{ value: '1' }], '2023-10-19T15:28:07.250'),
    ids: ['timestamp-without-offset'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'an empty timestamp of a transaction',
    action: 'StopTransaction',
    sent: { ...stop, timestamp: '' },
    ids: ['timestamp-unreadable'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a number for a sampled value (OpenEVSE)',
    action: 'MeterValues',
    sent: meter([{ value: 604.213 }, { value: '2' }]),
    ids: ['sampled-value-number'],
    read: meter([{ value: '604.213' }, { value: '2' }]),
    code: 'TypeConstraintViolation',
  },
  {
    what: 'an object for meterValue and for sampledValue (Huawei)',
    action: 'MeterValues',
    sent: { connectorId: 1, meterValue: { timestamp: time, sampledValue: { value: '1' } } },
    ids: ['object-for-array'],
    read: meter([{ value: '1' }]),
    code: 'TypeConstraintViolation',
  },
  {
    what: 'an object for transactionData',
    action: 'StopTransaction',
    sent: { ...stop, transactionData: { timestamp: time, sampledValue: [{ value: '1' }] } },
    ids: ['object-for-array'],
    read: { ...stop, transactionData: [{ timestamp: time, sampledValue: [{ value: '1' }] }] },
    code: 'TypeConstraintViolation',
  },
  {
    what: 'an info of 78 characters',
    action: 'StatusNotification',
    sent: { ...status, info: 'i'.repeat(78) },
    ids: ['over-long-text'],
    read: { ...status, info: 'i'.repeat(50) },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a serial number of 26 characters',
    action: 'BootNotification',
    sent: { chargePointVendor: 'V', chargePointModel: 'M', chargePointSerialNumber: 's'.repeat(26) },
    ids: ['over-long-text'],
    read: { chargePointVendor: 'V', chargePointModel: 'M', chargePointSerialNumber: 's'.repeat(25) },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'null for an absent field',
    action: 'StatusNotification',
    sent: { ...status, info: null, vendorId: null },
    ids: ['null-for-absent'],
    read: status,
    code: 'TypeConstraintViolation',
  },
  {
    what: 'unknown properties, nested ones too',
    action: 'MeterValues',
    sent: { ...meter([{ value: '1', quality: 'good' }]), source: 'meter' },
    ids: ['unknown-property'],
    read: meter([{ value: '1' }]),
    code: 'FormatViolation',
  },
  {
    what: 'an errorCode of the vendor (Legrand)',
    action: 'StatusNotification',
    sent: { ...status, errorCode: 'Error' },
    ids: ['unknown-error-code'],
    read: { ...status, errorCode: 'OtherError', vendorErrorCode: 'Error' },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'an errorCode of the vendor beside a vendorErrorCode',
    action: 'StatusNotification',
    sent: { ...status, errorCode: 'Error', vendorErrorCode: '0x17' },
    ids: ['unknown-error-code'],
    read: { ...status, errorCode: 'OtherError', vendorErrorCode: '0x17' },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a status in another letter case',
    action: 'StatusNotification',
    sent: { ...status, status: 'available' },
    ids: ['enum-letter-case'],
    read: status,
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a status nobody specified',
    action: 'StatusNotification',
    sent: { ...status, status: 'Occupied' },
    ids: ['unknown-status'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'an idTag of 36 characters in a transaction',
    action: 'StartTransaction',
    sent: { ...start, idTag: 'x'.repeat(36) },
    ids: ['over-long-id-tag'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'numbers as texts in a transaction',
    action: 'StartTransaction',
    sent: { ...start, connectorId: '1', meterStart: ' 1500.4' },
    ids: ['number-as-text', 'fractional-integer'],
    read: { ...start, meterStart: 1500 },
    code: 'TypeConstraintViolation',
  },
  {
    what: 'a start without any of its fields',
    action: 'StartTransaction',
    sent: {},
    ids: ['transaction-field-missing', 'timestamp-unreadable'],
    read: { connectorId: 0, idTag: '', meterStart: -1, timestamp: '' },
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'readings without their fields',
    action: 'MeterValues',
    sent: { meterValue: [{}, 'reading', { timestamp: time, sampledValue: [null, {}] }] },
    ids: ['transaction-field-missing', 'empty-readings', 'timestamp-unreadable'],
    read: {
      connectorId: 0,
      meterValue: [
        { timestamp: '', sampledValue: [] },
        { timestamp: '', sampledValue: [] },
        { timestamp: time, sampledValue: [{ value: '' }, { value: '' }] },
      ],
    },
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'the unit Hz (Charge Amps)',
    action: 'MeterValues',
    sent: meter([{ value: '50.0', measurand: 'Frequency', unit: 'Hz' }]),
    ids: ['unknown-unit'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a measurand of a later version',
    action: 'MeterValues',
    sent: meter([{ value: '1', measurand: 'Energy.Active.Net' }]),
    ids: ['unknown-sample-attribute'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a stop reason of a later version',
    action: 'StopTransaction',
    sent: { ...stop, reason: 'SOCLimitReached' },
    ids: ['unknown-stop-reason'],
    read: { ...stop, reason: 'Other' },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a stop with null for its transaction',
    action: 'StopTransaction',
    sent: { ...stop, transactionId: null },
    ids: ['null-for-absent', 'missing-transaction-id'],
    read: { ...stop, transactionId: -1 },
    code: 'TypeConstraintViolation',
  },
];

describe('deviations', () => {
  it.each(CASES)('lenient accepts $what', ({ action, sent, ids, read }) => {
    expect(validateRequest(action, sent, 'lenient')).toEqual({ ok: true, payload: read ?? sent, deviations: ids });
  });

  it.each(CASES)('strict refuses $what with $code', ({ action, sent, code }) => {
    expect(validateRequest(action, sent, 'strict')).toMatchObject({ ok: false, code });
  });

  it('accepts several at once and names each', () => {
    const sent = {
      connectorId: 1,
      extra: true,
      meterValue: { timestamp: 'now', sampledValue: [{ value: 1, unit: 'wh', context: null }] },
    };
    const validation = validateRequest('MeterValues', sent, 'lenient');
    expect(validation).toMatchObject({
      ok: true,
      payload: { connectorId: 1, meterValue: [{ timestamp: 'now', sampledValue: [{ value: '1', unit: 'Wh' }] }] },
    });
    expect(validation.ok && [...validation.deviations].sort()).toEqual([
      'enum-letter-case',
      'null-for-absent',
      'object-for-array',
      'sampled-value-number',
      'timestamp-unreadable',
      'unknown-property',
    ]);
  });

  it.each([
    { what: 'an identifier that is too long', action: 'Authorize', sent: { idTag: 'x'.repeat(21) } },
    { what: 'text for a number', action: 'StatusNotification', sent: { ...status, connectorId: '1' } },
    { what: 'a missing required field', action: 'StatusNotification', sent: { connectorId: 1, status: 'Available' } },
    { what: 'a firmware status nobody specified', action: 'FirmwareStatusNotification', sent: { status: 'Occupied' } },
    { what: 'null for a required field', action: 'Authorize', sent: { idTag: null } },
    { what: 'a list for an object', action: 'Heartbeat', sent: [] },
  ])('lenient still refuses $what', ({ action, sent }) => {
    expect(validateRequest(action, sent, 'lenient')).toMatchObject({ ok: false });
  });

  it('speaks of the fault as it came, not of one that a repair uncovered', () => {
    expect(validateRequest('Authorize', { idTag: null }, 'lenient')).toEqual(
      validateRequest('Authorize', { idTag: null }, 'strict'),
    );
  });

  it('are read in answers too: GetConfiguration values over 500 characters', () => {
    const configurationKey = [{ key: 'Certificate', readonly: true, value: 'v'.repeat(600) }];
    const answer = validateResponse('GetConfiguration', { configurationKey }, 'lenient');
    expect(answer).toMatchObject({ ok: true, deviations: ['over-long-text'] });
    expect(validateResponse('GetConfiguration', { configurationKey }, 'strict').ok).toBe(false);
  });
});

describe('the rules', () => {
  it('are those of the catalogue that act on schemas of 1.6', () => {
    const rules: readonly FieldRule[] = FIELD_RULES;
    const catalogued = rules.filter(({ where, version }) => where === 'schema' && version !== '2.0.1');
    const used = new Set((Object.keys(validators) as Action[]).flatMap(deviationsOf).map(({ id }) => id));
    expect([...used].sort()).toEqual(catalogued.map(({ id }) => id).sort());
  });
});

describe('validation', () => {
  it('knows no action without a schema, inherited names included', () => {
    for (const action of ['Fly', 'toString', '__proto__', ''])
      expect(validateRequest(action, {}, 'strict')).toMatchObject({ ok: false, code: 'NotImplemented' });
  });
});
