import { type Shape, parseFrame } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { shapes } from '#generated/shapes.js';
import { leniency } from './deviations.ts';
import { ocpp16 } from './index.ts';
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
    ids: ['number-for-text'],
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
    ids: ['unknown-word-replaced'],
    read: { ...status, errorCode: 'OtherError', vendorErrorCode: 'Error' },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'an errorCode of the vendor beside a vendorErrorCode',
    action: 'StatusNotification',
    sent: { ...status, errorCode: 'Error', vendorErrorCode: '0x17' },
    ids: ['unknown-word-replaced'],
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
    ids: ['unknown-word-kept'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'an idTag of 36 characters in a transaction',
    action: 'StartTransaction',
    sent: { ...start, idTag: 'x'.repeat(36) },
    ids: ['over-long-identifier'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'numbers as texts in a transaction',
    action: 'StartTransaction',
    sent: { ...start, connectorId: '1', meterStart: ' 1500.4' },
    ids: ['text-for-number', 'fractional-integer'],
    read: { ...start, meterStart: 1500 },
    code: 'TypeConstraintViolation',
  },
  {
    what: 'a start without any of its fields',
    action: 'StartTransaction',
    sent: {},
    ids: ['field-missing'],
    read: { connectorId: 0, idTag: '', meterStart: -1, timestamp: '' },
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'readings without their fields',
    action: 'MeterValues',
    sent: { meterValue: [{}, 'reading', { timestamp: time, sampledValue: [null, {}, { value: '7' }] }] },
    ids: ['field-missing', 'list-item-odd'],
    read: {
      connectorId: 0,
      meterValue: [{ timestamp: time, sampledValue: [{ value: '7' }] }],
    },
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'the unit Hz (Charge Amps)',
    action: 'MeterValues',
    sent: meter([{ value: '50.0', measurand: 'Frequency', unit: 'Hz' }]),
    ids: ['unknown-word-kept'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a measurand of a later version',
    action: 'MeterValues',
    sent: meter([{ value: '1', measurand: 'Energy.Active.Net' }]),
    ids: ['unknown-word-kept'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a stop reason of a later version',
    action: 'StopTransaction',
    sent: { ...stop, reason: 'SOCLimitReached' },
    ids: ['unknown-word-replaced'],
    read: { ...stop, reason: 'Other' },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a stop with null for its transaction',
    action: 'StopTransaction',
    sent: { ...stop, transactionId: null },
    ids: ['null-for-absent', 'field-missing'],
    read: { ...stop, transactionId: -1 },
    code: 'TypeConstraintViolation',
  },
];

describe('deviations', () => {
  it.each(CASES)('lenient accepts $what', ({ action, sent, ids, read }) => {
    const { odd: _odd, ...validation } = validateRequest(action, sent, 'lenient');
    expect(validation).toEqual({ ok: true, payload: read ?? sent, deviations: ids });
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
      'number-for-text',
      'object-for-array',
      'timestamp-unreadable',
      'unknown-property',
    ]);
  });

  it.each([
    {
      what: 'Authorize without a tag',
      action: 'Authorize',
      sent: {},
      path: '/idTag',
      code: 'OccurrenceConstraintViolation',
    },
    {
      what: 'null for a tag',
      action: 'Authorize',
      sent: { idTag: null },
      path: '/idTag',
      code: 'OccurrenceConstraintViolation',
    },
    {
      what: 'a status of no connector, whatever else is wrong',
      action: 'StatusNotification',
      sent: { x: 1, status: 'Available', errorCode: 7 },
      path: '/connectorId',
      code: 'OccurrenceConstraintViolation',
    },
    {
      what: 'a status of a connector that cannot be read',
      action: 'StatusNotification',
      sent: { ...status, connectorId: 'left' },
      path: '/connectorId',
      code: 'TypeConstraintViolation',
    },
    {
      what: 'a progress that does not say which',
      action: 'FirmwareStatusNotification',
      sent: { state: 'Installed' },
      path: '/status',
      code: 'OccurrenceConstraintViolation',
    },
    {
      what: 'readings of which none can be read',
      action: 'MeterValues',
      sent: { connectorId: 1, readings: [{ at: 'noon', kWh: 3 }] },
      path: '/meterValue',
      code: 'OccurrenceConstraintViolation',
    },
    {
      what: 'readings without a value',
      action: 'MeterValues',
      sent: meter([{}, { unit: 'Wh' }]),
      path: '/meterValue/0/sampledValue/1/value',
      code: 'OccurrenceConstraintViolation',
    },
    { what: 'a list for a payload', action: 'Heartbeat', sent: [{}, {}], path: '', code: 'FormatViolation' },
  ])('lenient refuses $what, and says for lack of what', ({ action, sent, path, code }) => {
    expect(validateRequest(action, sent, 'lenient')).toMatchObject({ ok: false, code, faults: [{ path }] });
  });

  it('are read in answers too: GetConfiguration values over 500 characters', () => {
    const configurationKey = [{ key: 'Certificate', readonly: true, value: 'v'.repeat(600) }];
    const answer = validateResponse('GetConfiguration', { configurationKey }, 'lenient');
    expect(answer).toMatchObject({ ok: true, deviations: ['over-long-text'] });
    expect(validateResponse('GetConfiguration', { configurationKey }, 'strict').ok).toBe(false);
  });
});

describe('cases from the field', () => {
  const read = (action: string, sent: unknown) => {
    const validation = validateRequest(action, sent, 'lenient');
    return validation.ok ? validation.payload : validation.description;
  };
  const boot = { chargePointVendor: 'V', chargePointModel: 'M' };

  it('F4 65 unknown fields are one repair, and so are 90,000', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
    for (const count of [65, 90_000]) {
      const validation = validateRequest('StopTransaction', { ...stop, ...many(count) }, 'lenient');
      expect(validation).toMatchObject({ ok: true, payload: stop, deviations: ['unknown-property'] });
    }
  });

  it.each([
    ['F5 text for a connector, no errorCode', 'StatusNotification', { connectorId: '1', status: 'Available' }, status],
    ['F5 an errorCode of null', 'StatusNotification', { ...status, errorCode: null }, status],
    ['F5 a boot without its model', 'BootNotification', { chargePointVendor: 'V' }, { ...boot, chargePointModel: '' }],
    ['F6 a number for a text', 'BootNotification', { ...boot, meterType: 17 }, { ...boot, meterType: '17' }],
    ['F6 a number for a tag', 'Authorize', { idTag: 12345 }, { idTag: '12345' }],
    [
      'F7 a techInfo of 400 characters',
      'SecurityEventNotification',
      { type: 'T', timestamp: time, techInfo: 'i'.repeat(400) },
      { type: 'T', timestamp: time, techInfo: 'i'.repeat(255) },
    ],
    ['F8 a state of no specification', 'FirmwareStatusNotification', { status: 'Paused' }, { status: 'Paused' }],
    ['F8 another one', 'DiagnosticsStatusNotification', { status: 'Packing' }, { status: 'Packing' }],
    ['F12 a tag of 21 characters', 'Authorize', { idTag: 'x'.repeat(21) }, { idTag: 'x'.repeat(21) }],
    ['F12 a tag in the shape of 2.0.1', 'Authorize', { idToken: { idToken: 'A', type: 'Central' } }, { idTag: 'A' }],
    ['F12 that shape as the tag', 'StartTransaction', { ...start, idTag: { idToken: 'A' } }, start],
    [
      'F14 seconds since 1970',
      'StopTransaction',
      { ...stop, timestamp: 1796011480 },
      { ...stop, timestamp: '1796011480' },
    ],
    [
      'an object for the data of a vendor',
      'DataTransfer',
      { vendorId: 'V', data: { a: 1 } },
      { vendorId: 'V', data: '{"a":1}' },
    ],
    ['a field in another letter case', 'StopTransaction', { transactionId: 7, timestamp: time, MeterStop: 100 }, stop],
    [
      'a word with other marks',
      'StatusNotification',
      { ...status, status: 'SUSPENDED_EV' },
      { ...status, status: 'SuspendedEV' },
    ],
    [
      'a transaction that is no whole number',
      'StopTransaction',
      { ...stop, transactionId: 7.5 },
      { ...stop, transactionId: -1 },
    ],
    ['a blank for an optional word', 'MeterValues', meter([{ value: '1', phase: '' }]), meter([{ value: '1' }])],
    [
      'a status in the shape of 2.0.1',
      'StatusNotification',
      { connectorStatus: 'Occupied', evseId: 2, connectorId: 1, timestamp: time },
      { connectorId: 2, errorCode: 'NoError', status: 'Occupied', timestamp: time },
    ],
    [
      'a boot in the shape of 2.0.1',
      'BootNotification',
      { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V' } },
      boot,
    ],
    [
      'JSON within a text',
      'MeterValues',
      { connectorId: 1, meterValue: JSON.stringify(meter([{ value: '1' }]).meterValue) },
      meter([{ value: '1' }]),
    ],
  ])('%s: %s', (_case, action, sent, expected) => {
    expect(read(action, sent)).toEqual(expected);
  });

  it('F6 keeps all digits of a number where a text is due', () => {
    const text =
      '[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":1.10,"iccid":8931080019073497795}]';
    const frame = parseFrame(text, ocpp16.dialect, 'lenient');
    if (frame.kind !== 'call') throw new Error(frame.kind);
    expect(validateRequest('BootNotification', frame.payload, 'lenient', frame.exactly)).toMatchObject({
      payload: { chargePointModel: '1.10', iccid: '8931080019073497795' },
    });
  });

  const sample = { value: '1501', unit: 'Wh' };
  it.each([
    ['value', { values: [{ timestamp: time, value: [sample] }] }],
    ['values', { values: [{ timestamp: time, values: [sample] }] }],
    ['one object each', { values: { timestamp: time, value: sample } }],
    ['the attributes beside a bare value', { values: [{ timestamp: time, value: '1501', unit: 'Wh' }] }],
    ['samples without a group', { timestamp: time, sampledValue: [sample] }],
    ['meterValues', { meterValues: [{ timestamp: time, sampledValues: [sample] }] }],
  ])('F13 readings in the shape of OCPP 1.5 are samples: %s', (_what, sent) => {
    expect(read('MeterValues', { connectorId: 1, ...sent })).toEqual(meter([sample]));
    for (const transactionData of [[sent], sent])
      if ('values' in sent)
        expect(read('StopTransaction', { ...stop, transactionData })).toEqual({
          ...stop,
          transactionData: meter([sample]).meterValue,
        });
  });

  it.each([
    [
      'unit and power of ten of 2.0.1',
      { value: '12.5', unitOfMeasure: { unit: 'Wh', multiplier: 3 } },
      { value: '12.5e3', unit: 'Wh' },
    ],
    ['a power of ten beside it', { value: '1e2', multiplier: '-1', unit: 'Wh' }, { value: '1e1', unit: 'Wh' }],
    ['a unit in an object', { value: '1', unitOfMeasure: 'kWh' }, { value: '1', unit: 'kWh' }],
  ])('T15 what changes the meaning of a value is never dropped: %s', (_what, sent, expected) => {
    expect(read('MeterValues', meter([sent]))).toEqual(meter([expected]));
  });

  it('T15 leaves a sample out whose unit or power of ten cannot be read', () => {
    const odd = [
      { value: '1', unit: [] },
      { value: '1', multiplier: 'k' },
      { value: '1', phase: { is: 'L1' } },
    ];
    expect(read('MeterValues', meter([...odd, { value: '2' }]))).toEqual(meter([{ value: '2' }]));
  });

  it('T15 makes signed data beside a value a sample of its own', () => {
    const sent = meter([{ value: '1', signedMeterValue: { signedMeterData: 'AA' } }]);
    expect(read('MeterValues', sent)).toEqual(
      meter([{ value: '1' }, { value: '{"signedMeterData":"AA"}', format: 'SignedData' }]),
    );
  });

  it('tells what was odd, but nothing private', () => {
    const validation = validateRequest(
      'StartTransaction',
      { ...start, idTag: 'x'.repeat(21), reservationId: 'none' },
      'lenient',
    );
    expect(validation.odd).toEqual([
      { rule: 'over-long-identifier', path: '/idTag', raw: '(text of 21 characters)' },
      { rule: 'field-senseless', path: '/reservationId', raw: '"none"' },
    ]);
  });
});

describe('answers', () => {
  const read = (action: string, sent: unknown) => validateResponse(action, sent, 'lenient');

  it('field behaviour 14: an odd key of a configuration costs nothing, or itself (F9)', () => {
    const sent = {
      configurationKey: [{ key: 'A', readonly: 0 }, { key: 'B', readOnly: 'true', value: 7 }, { readonly: true }, null],
      unknownKey: 'C',
    };
    expect(read('GetConfiguration', sent)).toMatchObject({
      ok: true,
      payload: {
        configurationKey: [
          { key: 'A', readonly: false },
          { key: 'B', readonly: true, value: '7' },
        ],
        unknownKey: ['C'],
      },
    });
  });

  it('field behaviour 15: an empty list of an optional field is taken for absent', () => {
    expect(read('GetInstalledCertificateIds', { status: 'NotFound', certificateHashData: [] })).toMatchObject({
      payload: { status: 'NotFound' },
      deviations: ['list-length'],
    });
  });

  it.each([
    ['a status in another letter case', 'Reset', { status: 'ACCEPTED' }, { status: 'Accepted' }],
    [
      'fields nobody asked for',
      'RemoteStartTransaction',
      { status: 'Accepted', transactionId: 1 },
      { status: 'Accepted' },
    ],
    ['a list of one', 'Reset', [{ status: 'Accepted' }], { status: 'Accepted' }],
    ['a version as text', 'GetLocalListVersion', { listVersion: '7' }, { listVersion: 7 }],
    [
      'a schedule without limits',
      'GetCompositeSchedule',
      { status: 'Accepted', chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0 }] } },
      { status: 'Accepted' },
    ],
  ])('%s is taken', (_what, action, sent, payload) => {
    expect(read(action, sent)).toMatchObject({ ok: true, payload });
  });

  it.each([
    ['a status nobody specified', 'Reset', { status: 'Maybe' }],
    ['no status', 'Reset', {}],
    ['a text', 'Reset', 'Accepted'],
    ['no version', 'GetLocalListVersion', {}],
  ])('%s decides nothing, and is no answer', (_what, action, sent) => {
    expect(read(action, sent)).toMatchObject({ ok: false });
  });
});

describe('the table', () => {
  it('names fields that there are', () => {
    const named = new Set<string>();
    const collect = (shape: Shape): void => {
      for (const [field, of] of Object.entries(shape.properties ?? {})) {
        named.add(field).add(`${shape.name}.${field}`);
        collect(of);
      }
      if (shape.items) collect(shape.items);
    };
    for (const { request, response } of Object.values(shapes)) [request, response].forEach(collect);
    const { request, response } = leniency;
    expect(
      [...Object.keys(request.fields), ...Object.keys(response.fields)].filter((field) => !named.has(field)),
    ).toEqual([]);
  });
});

describe('validation', () => {
  it('knows no action without a schema, inherited names included', () => {
    for (const action of ['Fly', 'toString', '__proto__', ''])
      expect(validateRequest(action, {}, 'strict')).toMatchObject({ ok: false, code: 'NotImplemented' });
  });
});
