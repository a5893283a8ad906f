import { FIELD_RULES, type FieldRule } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { deviations } from './deviations.ts';
import { validateRequest } from './validate.ts';

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
    ids: ['sampled-value-text'],
    read: meter([{ value: 604.213 }, { value: 2 }]),
    code: 'TypeConstraintViolation',
  },
  {
    what: 'text for a sampled value that is no number',
    action: 'TransactionEvent',
    sent: { ...event, meterValue: [{ timestamp: time, sampledValue: [{ value: 'n/a' }, { value: '7' }] }] },
    ids: ['sampled-value-text'],
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
    ids: ['empty-readings'],
    code: 'OccurrenceConstraintViolation',
  },
  {
    what: 'an empty sampledValue (Vestel)',
    action: 'MeterValues',
    sent: meter([]),
    ids: ['empty-readings'],
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
    ids: ['empty-report'],
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
    ids: ['unknown-boot-reason'],
    read: { ...boot, reason: 'Unknown' },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a stop reason of 2.1',
    action: 'TransactionEvent',
    sent: { ...event, transactionInfo: { transactionId: 'T-1', stoppedReason: 'ReqEnergyTransferRejected' } },
    ids: ['unknown-stop-reason'],
    read: { ...event, transactionInfo: { transactionId: 'T-1', stoppedReason: 'Other' } },
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a trigger reason of 2.1',
    action: 'TransactionEvent',
    sent: { ...event, triggerReason: 'CostLimitReached' },
    ids: ['unknown-trigger-reason'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a charging state nobody specified',
    action: 'TransactionEvent',
    sent: { ...event, transactionInfo: { transactionId: 'T-1', chargingState: 'Paused' } },
    ids: ['unknown-charging-state'],
    code: 'PropertyConstraintViolation',
  },
  {
    what: 'a measurand of 2.1',
    action: 'MeterValues',
    sent: meter([{ value: 1, measurand: 'Display.PresentSOC' }]),
    ids: ['unknown-sample-attribute'],
    code: 'PropertyConstraintViolation',
  },
];

describe('deviations', () => {
  it.each(CASES)('lenient accepts $what', ({ action, sent, ids, read }) => {
    expect(validateRequest(action, sent, 'lenient')).toEqual({ ok: true, payload: read ?? sent, deviations: ids });
  });

  it.each(CASES)('strict refuses $what with $code', ({ action, sent, code }) => {
    expect(validateRequest(action, sent, 'strict')).toMatchObject({ ok: false, code });
  });

  it.each([
    {
      what: 'a transactionId that is too long',
      sent: { ...event, transactionInfo: { transactionId: 'x'.repeat(37) } },
    },
    { what: 'an event type nobody specified', sent: { ...event, eventType: 'Paused' } },
    { what: 'text for a number', sent: { ...event, seqNo: '1' } },
    { what: 'null for a required field', sent: { ...event, transactionInfo: null } },
    { what: 'a reading without a value', sent: { ...event, meterValue: [{ timestamp: time, sampledValue: [{}] }] } },
  ])('lenient still refuses $what', ({ sent }) => {
    expect(validateRequest('TransactionEvent', sent, 'lenient')).toMatchObject({ ok: false });
  });

  it('speaks of the fault as it came, not of one that a repair uncovered', () => {
    const sent = { ...event, transactionInfo: null };
    expect(validateRequest('TransactionEvent', sent, 'lenient')).toEqual(
      validateRequest('TransactionEvent', sent, 'strict'),
    );
  });
});

describe('the rules', () => {
  it('are those of the catalogue that act on schemas of 2.0.1', () => {
    const rules: readonly FieldRule[] = FIELD_RULES;
    const catalogued = rules.filter(({ where, version }) => where === 'schema' && version !== '1.6');
    const used = new Set(deviations.map(({ id }) => id));
    expect([...used].sort()).toEqual(catalogued.map(({ id }) => id).sort());
  });
});

describe('validation', () => {
  it('knows no action without a schema, inherited names included', () => {
    for (const action of ['StartTransaction', 'toString', '__proto__', ''])
      expect(validateRequest(action, {}, 'strict')).toMatchObject({ ok: false, code: 'NotImplemented' });
  });
});
