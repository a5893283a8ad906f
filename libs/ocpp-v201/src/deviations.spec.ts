import type { Shape } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { shapes } from '#generated/shapes.js';
import { leniency } from './deviations.ts';
import { validateRequest, validateResponse } from './validate.ts';

const time = '2026-03-01T10:00:00Z';
const meter = (sampledValue: unknown, timestamp = time) => ({ evseId: 1, meterValue: [{ timestamp, sampledValue }] });
const event = {
  eventType: 'Updated',
  timestamp: time,
  triggerReason: 'MeterValuePeriodic',
  seqNo: 1,
  transactionInfo: { transactionId: 'T-1' },
};
const report = (variableAttribute: object[]) => ({
  requestId: 1,
  seqNo: 0,
  generatedAt: time,
  reportData: [{ component: { name: 'C' }, variable: { name: 'V' }, variableAttribute }],
});
const occurrence = (more: object) => ({
  seqNo: 0,
  generatedAt: time,
  eventData: [
    {
      eventId: 1,
      timestamp: time,
      trigger: 'Alerting',
      actualValue: 'true',
      eventNotificationType: 'CustomMonitor',
      component: { name: 'C' },
      variable: { name: 'V' },
      ...more,
    },
  ],
});
const boot = { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V' } };

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
    what: 'a timestamp without offset',
    action: 'TransactionEvent',
    sent: { ...event, timestamp: '2023-10-19T15:28:07' },
    ids: ['timestamp-without-offset'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a timestamp that is none',
    action: 'TransactionEvent',
    sent: { ...event, timestamp: 'soon' },
    ids: ['timestamp-unreadable'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'text for a sampled value, as in 1.6',
    action: 'MeterValues',
    sent: meter([{ value: '604.213' }, { value: 2 }]),
    ids: ['text-for-number'],
    read: meter([{ value: 604.213 }, { value: 2 }]),
    code: 'TypeConstraintViolation',
  },
  {
    what: 'text for a sampled value that is no number',
    action: 'TransactionEvent',
    sent: { ...event, meterValue: [{ timestamp: time, sampledValue: [{ value: 'n/a' }, { value: '7' }] }] },
    ids: ['text-for-number'],
    read: { ...event, meterValue: [{ timestamp: time, sampledValue: [{ value: 'n/a' }, { value: 7 }] }] },
    code: 'TypeConstraintViolation',
  },
  {
    what: 'an object for meterValue and for sampledValue',
    action: 'TransactionEvent',
    sent: { ...event, meterValue: { timestamp: time, sampledValue: { value: 1 } } },
    ids: ['object-for-array'],
    read: { ...event, meterValue: [{ timestamp: time, sampledValue: [{ value: 1 }] }] },
    code: 'TypeConstraintViolation',
  },
  {
    what: 'an empty meterValue',
    action: 'TransactionEvent',
    sent: { ...event, meterValue: [] },
    ids: ['list-length'],
    read: event,
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'an empty sampledValue (Vestel)',
    action: 'MeterValues',
    sent: meter([]),
    ids: ['list-length'],
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'a serial number of 26 characters',
    action: 'BootNotification',
    sent: { ...boot, chargingStation: { ...boot.chargingStation, serialNumber: 's'.repeat(26) } },
    ids: ['over-long-text'],
    read: { ...boot, chargingStation: { ...boot.chargingStation, serialNumber: 's'.repeat(25) } },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a value of the device model of 2501 characters',
    action: 'NotifyReport',
    sent: report([{ value: 'v'.repeat(2501) }]),
    ids: ['over-long-text'],
    read: report([{ value: 'v'.repeat(2500) }]),
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'texts of an event beyond their limits',
    action: 'NotifyEvent',
    sent: occurrence({ techCode: 'c'.repeat(51), techInfo: 'i'.repeat(501) }),
    ids: ['over-long-text'],
    read: occurrence({ techCode: 'c'.repeat(50), techInfo: 'i'.repeat(500) }),
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a last part of a report with an empty list',
    action: 'NotifyReport',
    sent: { ...report([]), reportData: [] },
    ids: ['list-length'],
    read: { requestId: 1, seqNo: 0, generatedAt: time },
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'another letter case of what a monitor noticed, and no offset',
    action: 'NotifyEvent',
    sent: occurrence({ trigger: 'alerting', timestamp: '2026-03-01T10:00:00' }),
    ids: ['timestamp-without-offset', 'enum-letter-case'],
    read: occurrence({ timestamp: '2026-03-01T10:00:00' }),
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'null for an absent field',
    action: 'TransactionEvent',
    sent: { ...event, evse: null, idToken: null },
    ids: ['null-for-absent'],
    read: event,
    code: 'TypeConstraintViolation',
  },
  {
    what: 'an unknown property',
    action: 'TransactionEvent',
    sent: { ...event, transactionInfo: { transactionId: 'T-1', cost: 3 } },
    ids: ['unknown-property'],
    read: event,
    code: 'FormatViolation',
  },
  {
    what: 'another letter case',
    action: 'BootNotification',
    sent: { ...boot, reason: 'POWERUP' },
    ids: ['enum-letter-case'],
    read: boot,
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a boot reason nobody specified',
    action: 'BootNotification',
    sent: { ...boot, reason: 'Brownout' },
    ids: ['unknown-word-replaced'],
    read: { ...boot, reason: 'Unknown' },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a stop reason of 2.1',
    action: 'TransactionEvent',
    sent: { ...event, transactionInfo: { transactionId: 'T-1', stoppedReason: 'ReqEnergyTransferRejected' } },
    ids: ['unknown-word-replaced'],
    read: { ...event, transactionInfo: { transactionId: 'T-1', stoppedReason: 'Other' } },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a trigger reason of 2.1',
    action: 'TransactionEvent',
    sent: { ...event, triggerReason: 'CostLimitReached' },
    ids: ['unknown-word-kept'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a charging state nobody specified',
    action: 'TransactionEvent',
    sent: { ...event, transactionInfo: { transactionId: 'T-1', chargingState: 'Paused' } },
    ids: ['unknown-word-kept'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a measurand of 2.1',
    action: 'MeterValues',
    sent: meter([{ value: 1, measurand: 'Display.PresentSOC' }]),
    ids: ['unknown-word-kept'],
    code: 'PropertyConstraintViolation',
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

  it.each([
    [
      'an event type nobody specified',
      'TransactionEvent',
      { ...event, eventType: 'Paused' },
      '/eventType',
      'PropertyConstraintViolation',
    ],
    ['no event type', 'TransactionEvent', { ...event, eventType: null }, '/eventType', 'OccurrenceConstraintViolation'],
    [
      'a transaction without its id',
      'TransactionEvent',
      { ...event, transactionInfo: {} },
      '/transactionInfo/transactionId',
      'OccurrenceConstraintViolation',
    ],
    [
      'no transaction',
      'TransactionEvent',
      { ...event, transactionInfo: null },
      '/transactionInfo',
      'OccurrenceConstraintViolation',
    ],
    ['Authorize without a token', 'Authorize', {}, '/idToken', 'OccurrenceConstraintViolation'],
    [
      'a status without its place',
      'StatusNotification',
      { connectorStatus: 'Available', timestamp: time },
      '/evseId',
      'OccurrenceConstraintViolation',
    ],
    [
      'needs of an unknown EVSE',
      'NotifyEVChargingNeeds',
      { evseId: 'x', chargingNeeds: { requestedEnergyTransfer: 'DC' } },
      '/evseId',
      'TypeConstraintViolation',
    ],
    [
      'limits of an EVSE that cannot be read',
      'ClearedChargingLimit',
      { evseId: 'x', chargingLimitSource: 'EMS' },
      '/evseId',
      'TypeConstraintViolation',
    ],
    [
      'a request of an unknown certificate',
      'SignCertificate',
      { csr: 'C', certificateType: 'Other' },
      '/certificateType',
      'PropertyConstraintViolation',
    ],
  ])('lenient refuses %s, and says for lack of what', (_what, action, sent, path, code) => {
    expect(validateRequest(action, sent, 'lenient')).toMatchObject({ ok: false, code, faults: [{ path }] });
  });
});

const sample = { value: 12.5, measurand: 'Energy.Active.Import.Register' };

describe('cases from the field', () => {
  const read = (action: string, sent: unknown) => {
    const validation = validateRequest(action, sent, 'lenient');
    return validation.ok ? validation.payload : validation.description;
  };
  const withSamples = (...sampledValue: unknown[]) => ({ ...event, meterValue: [{ timestamp: time, sampledValue }] });
  const info = { transactionId: 'T-1' };

  it('F4 65 unknown fields are one repair, and so are 90,000', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
    for (const count of [65, 90_000])
      expect(validateRequest('TransactionEvent', { ...event, ...many(count) }, 'lenient')).toMatchObject({
        ok: true,
        payload: event,
        deviations: ['unknown-property'],
      });
  });

  it.each([
    ['seqNo as text', { ...event, seqNo: '1' }, event],
    ['no seqNo: not numbered', { ...event, seqNo: null }, { ...event, seqNo: undefined }],
    ['a seqNo that is none', { ...event, seqNo: 'one' }, { ...event, seqNo: undefined }],
    ['triggerReason missing', { ...event, triggerReason: undefined }, { ...event, triggerReason: '' }],
    [
      'idToken.type unknown',
      { ...event, idToken: { idToken: 'A', type: 'Palm' } },
      { ...event, idToken: { idToken: 'A', type: 'Palm' } },
    ],
    [
      'idToken.type missing',
      { ...event, idToken: { idToken: 'A' } },
      { ...event, idToken: { idToken: 'A', type: '' } },
    ],
    ['a token as text', { ...event, idToken: 'A' }, { ...event, idToken: { idToken: 'A', type: '' } }],
    ['a token of 1.6', { ...event, idTag: 'A' }, { ...event, idToken: { idToken: 'A', type: '' } }],
    ['a token that is empty', { ...event, idToken: '' }, event],
    [
      'an over-long token',
      { ...event, idToken: { idToken: 'x'.repeat(99), type: 'Local' } },
      { ...event, idToken: { idToken: 'x'.repeat(99), type: 'Local' } },
    ],
    ['evse.id as text', { ...event, evse: { id: '1' } }, { ...event, evse: { id: 1 } }],
    ['evse as a number', { ...event, evse: 1 }, { ...event, evse: { id: 1 } }],
    ['an evse that cannot be read', { ...event, evse: { id: 'left' } }, event],
    [
      'a connector beside the evse',
      { ...event, evse: { id: 1 }, connectorId: 2 },
      { ...event, evse: { id: 1, connectorId: 2 } },
    ],
    ['a connector without an evse', { ...event, connectorId: 2 }, { ...event, evse: { id: 2, connectorId: 2 } }],
    [
      'customData without vendorId',
      { ...event, customData: { a: 1 } },
      { ...event, customData: { a: 1, vendorId: '' } },
    ],
    ['customData as text', { ...event, customData: 'x' }, event],
    ['transactionInfo as text', { ...event, transactionInfo: 'T-1' }, event],
    [
      'transactionInfo beside',
      { ...event, transactionInfo: undefined, ...info, chargingState: 'Idle' },
      { ...event, transactionInfo: { ...info, chargingState: 'Idle' } },
    ],
    [
      'a transaction as a number',
      { ...event, transactionInfo: { transactionId: 77 } },
      { ...event, transactionInfo: { transactionId: '77' } },
    ],
    [
      'a transaction of 40 characters',
      { ...event, transactionInfo: { transactionId: 't'.repeat(40) } },
      { ...event, transactionInfo: { transactionId: 't'.repeat(40) } },
    ],
    [
      'a reason of 1.6',
      { ...event, reason: 'Local' },
      { ...event, transactionInfo: { ...info, stoppedReason: 'Local' } },
    ],
    ['an event type of other words', { ...event, eventType: 'stop' }, { ...event, eventType: 'Ended' }],
    ['no time', { ...event, timestamp: undefined }, { ...event, timestamp: '' }],
    [
      'a meterStop of 1.6',
      { ...event, meterStop: 5000 },
      withSamples({
        value: 5000,
        context: 'Transaction.End',
        measurand: 'Energy.Active.Import.Register',
        unitOfMeasure: { unit: 'Wh' },
      }),
    ],
    ['a reading that is none', withSamples(sample, {}, { value: null }, 7), withSamples(sample, { value: 7 })],
    ['readings that are none', { ...event, meterValue: 'none' }, event],
    [
      'signed data without a key',
      withSamples({ value: 1, signedMeterValue: { signedMeterData: 'A' } }),
      withSamples({
        value: 1,
        signedMeterValue: { signedMeterData: 'A', signingMethod: '', encodingMethod: '', publicKey: '' },
      }),
    ],
    [
      'signed data alone',
      withSamples({
        signedMeterValue: { signedMeterData: 'A', signingMethod: 'S', encodingMethod: 'E', publicKey: 'K' },
      }),
      withSamples({
        value: '',
        signedMeterValue: { signedMeterData: 'A', signingMethod: 'S', encodingMethod: 'E', publicKey: 'K' },
      }),
    ],
  ])('T14 one bad field costs that field: %s', (_what, sent, expected) => {
    const raw = JSON.parse(JSON.stringify(sent)) as object;
    expect(read('TransactionEvent', raw)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it.each([
    ['a unit beside it', { ...sample, unit: 'kWh' }, { ...sample, unitOfMeasure: { unit: 'kWh' } }],
    [
      'a power of ten beside it',
      { ...sample, unit: 'Wh', multiplier: '3' },
      { ...sample, unitOfMeasure: { unit: 'Wh', multiplier: 3 } },
    ],
    ['a unit in an object', { ...sample, unit: { unit: 'kWh' } }, { ...sample, unitOfMeasure: { unit: 'kWh' } }],
    ['unitOfMeasure as text', { ...sample, unitOfMeasure: 'kWh' }, { ...sample, unitOfMeasure: { unit: 'kWh' } }],
    [
      'signed data as the value',
      { value: '30450221', format: 'SignedData' },
      {
        value: '',
        signedMeterValue: { signedMeterData: '30450221', signingMethod: '', encodingMethod: '', publicKey: '' },
      },
    ],
  ])('T15 what changes the meaning of a value is never dropped: %s', (_what, sent, expected) => {
    expect(read('TransactionEvent', withSamples(sent))).toEqual(withSamples(expected));
  });

  it('T15 leaves a sample out whose unit or power of ten cannot be read', () => {
    const odd = [
      { value: 1, unitOfMeasure: [1, 2] },
      { value: 1, multiplier: 'k' },
      { value: 1, phase: {} },
    ];
    expect(read('TransactionEvent', withSamples(...odd, sample))).toEqual(withSamples(sample));
  });

  it.each([
    [
      'F7 a techInfo of 400 characters',
      'SecurityEventNotification',
      { type: 'T', timestamp: time, techInfo: 'i'.repeat(400) },
      { type: 'T', timestamp: time, techInfo: 'i'.repeat(255) },
    ],
    ['F8 a state of no specification', 'FirmwareStatusNotification', { status: 'Thinking' }, { status: 'Thinking' }],
    [
      'F11 a status in the shape of 1.6',
      'StatusNotification',
      { connectorId: 2, status: 'charging', errorCode: 'GroundFailure', info: 'wet' },
      {
        evseId: 2,
        connectorId: 2,
        connectorStatus: 'Occupied',
        timestamp: '',
        customData: { status: 'charging', errorCode: 'GroundFailure', info: 'wet', vendorId: 'ocpp-gateway' },
      },
    ],
    [
      'F11 a status without its connector',
      'StatusNotification',
      { evseId: 1, connectorStatus: 'Available', timestamp: time },
      { evseId: 1, connectorId: 0, connectorStatus: 'Available', timestamp: time },
    ],
    [
      'F11 a boot in the shape of 1.6',
      'BootNotification',
      { chargePointVendor: 'V', chargePointModel: 'M', iccid: 8 },
      { reason: 'Unknown', chargingStation: { vendorName: 'V', model: 'M', modem: { iccid: '8' } } },
    ],
    [
      'F11 readings in the shape of 1.6',
      'MeterValues',
      {
        connectorId: 1,
        transactionId: 7,
        meterValue: [{ timestamp: time, sampledValue: [{ value: '1', unit: 'kWh' }] }],
      },
      {
        evseId: 1,
        meterValue: [{ timestamp: time, sampledValue: [{ value: 1, unitOfMeasure: { unit: 'kWh' } }] }],
        customData: { transactionId: 7, vendorId: 'ocpp-gateway' },
      },
    ],
    ['F12 a token as text', 'Authorize', { idToken: 'A' }, { idToken: { idToken: 'A', type: '' } }],
    ['F12 an empty token', 'Authorize', { idToken: '' }, { idToken: { idToken: '', type: '' } }],
    [
      'F12 a token without its text',
      'Authorize',
      { idToken: { type: 'Local' } },
      { idToken: { idToken: '', type: 'Local' } },
    ],
    [
      'F13 readings in the shape of 1.5',
      'MeterValues',
      { evseId: 1, values: [{ timestamp: time, value: [{ value: '1501', unit: 'Wh' }] }] },
      meter([{ value: 1501, unitOfMeasure: { unit: 'Wh' } }]),
    ],
    [
      'one odd event among others',
      'NotifyEvent',
      { ...occurrence({}), eventData: [...occurrence({}).eventData, { eventId: 2 }, 'odd'] },
      occurrence({}),
    ],
    [
      'one odd variable among others',
      'NotifyReport',
      { ...report([{ value: 1 }]), reportData: [...report([{ value: 1 }]).reportData, { variable: { name: 'V' } }] },
      report([{ value: '1' }]),
    ],
    [
      'an attribute of no specification',
      'NotifyReport',
      report([{ type: 'Wanted', value: '1' }, { value: '2' }]),
      report([{ value: '2' }]),
    ],
    [
      'hash data that cannot be read',
      'Authorize',
      { idToken: { idToken: 'A', type: 'eMAID' }, iso15118CertificateHashData: 'none' },
      {
        idToken: { idToken: 'A', type: 'eMAID' },
        iso15118CertificateHashData: [
          { hashAlgorithm: '', issuerNameHash: '', issuerKeyHash: '', serialNumber: '', responderURL: '' },
        ],
      },
    ],
  ])('%s: %s', (_case, action, sent, expected) => {
    expect(read(action, sent)).toEqual(expected);
  });
});

describe('answers', () => {
  const read = (action: string, sent: unknown) => validateResponse(action, sent, 'lenient');
  const result = {
    attributeStatus: 'Accepted',
    attributeValue: '1',
    component: { name: 'C' },
    variable: { name: 'V' },
  };

  it.each([
    [
      'F10 customData without vendorId',
      'RequestStartTransaction',
      { status: 'Accepted', customData: {} },
      { status: 'Accepted' },
    ],
    [
      'F10 statusInfo as text',
      'Reset',
      { status: 'accepted', statusInfo: 'Busy' },
      { status: 'Accepted', statusInfo: { reasonCode: 'Busy' } },
    ],
    [
      'F10 statusInfo without a reason',
      'Reset',
      { status: 'Rejected', statusInfo: {} },
      { status: 'Rejected', statusInfo: { reasonCode: '' } },
    ],
    [
      'F9 one odd result among others',
      'GetVariables',
      { getVariableResult: [result, { component: { name: 'C' } }, { ...result, attributeValue: 1 }] },
      { getVariableResult: [result, result] },
    ],
    [
      'F9 a status of a part',
      'SetVariables',
      { setVariableResult: [{ ...result, attributeStatus: 'Odd' }] },
      { setVariableResult: [{ attributeStatus: 'Odd', component: { name: 'C' }, variable: { name: 'V' } }] },
    ],
    [
      'F9 0 for false',
      'GetTransactionStatus',
      { ongoingIndicator: 1, messagesInQueue: '0' },
      { ongoingIndicator: true, messagesInQueue: false },
    ],
  ])('%s: the answer of %s is taken', (_what, action, sent, payload) => {
    expect(read(action, sent)).toMatchObject({ ok: true, payload });
  });

  it.each([
    ['a status nobody specified', 'RequestStartTransaction', { status: 'Maybe' }],
    ['no status', 'Reset', {}],
    ['no result', 'GetVariables', {}],
    ['no result that can be read', 'GetVariables', { getVariableResult: [{}, 7] }],
    ['nothing of the queue', 'GetTransactionStatus', { ongoingIndicator: false }],
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
    for (const action of ['StartTransaction', 'toString', '__proto__', ''])
      expect(validateRequest(action, {}, 'strict')).toMatchObject({ ok: false, code: 'NotImplemented' });
  });
});
