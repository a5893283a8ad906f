import { describe, expect, it } from '@jest/globals';
import type { ReportDataType, VariableAttributeType } from '#generated/messages.d.ts';
import { notifyReport } from './notify-report.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };
const generatedAt = '2026-03-01T10:00:00Z';
const time = { at: new Date(generatedAt) };
const request = { requestId: 7, seqNo: 0, generatedAt };

const interval: ReportDataType = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'HeartbeatInterval' },
  variableAttribute: [{ value: '300', mutability: 'ReadWrite', persistent: true }],
  variableCharacteristics: { dataType: 'integer', unit: 's', supportsMonitoring: false },
};
const power: ReportDataType = {
  component: { name: 'EVSE', instance: 'left', evse: { id: 1, connectorId: 2 }, customData: { vendorId: 'V' } },
  variable: { name: 'Power', instance: 'max' },
  variableAttribute: [
    { type: 'Actual', value: '7200' },
    { type: 'MaxSet', value: '11000' },
  ],
};

const secret = (name: string, attribute: VariableAttributeType): ReportDataType => ({
  component: { name },
  variable: { name: 'BasicAuthPassword' },
  variableAttribute: [attribute],
});

describe('NotifyReport', () => {
  it('tells each attribute of each variable, and files the part (B07)', () => {
    const part = { ...request, tbc: true, reportData: [interval, power] };
    expect(notifyReport.lookups(part, facts)).toEqual({});
    const left = { name: 'EVSE', instance: 'left', evse: { id: 1, connectorId: 2 } };
    const max = { name: 'Power', instance: 'max' };
    expect(notifyReport.decide(part, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'variablesReported',
          variables: [
            {
              component: { name: 'OCPPCommCtrlr' },
              variable: { name: 'HeartbeatInterval' },
              attributeType: 'Actual',
              value: '300',
              mutability: 'ReadWrite',
              persistent: true,
              characteristics: interval.variableCharacteristics,
            },
            { component: left, variable: max, attributeType: 'Actual', value: '7200' },
            { component: left, variable: max, attributeType: 'MaxSet', value: '11000' },
          ],
        },
        {
          kind: 'reportPart',
          report: 'DeviceModel',
          requestId: 7,
          seqNo: 0,
          last: false,
          items: [interval, power],
          time,
        },
      ],
      noted: [],
    });
  });

  it.each([
    { tbc: false, last: true },
    { tbc: undefined, last: true },
    { tbc: true, last: false },
  ])('to be continued $tbc: the last part is $last', ({ tbc, last }) => {
    expect(notifyReport.decide({ ...request, tbc }, facts).before).toEqual([
      { kind: 'reportPart', report: 'DeviceModel', requestId: 7, seqNo: 0, last, items: [], time },
    ]);
  });

  it.each([
    { what: 'a write-only variable', item: secret('Vendor', { value: 'hunter2', mutability: 'WriteOnly' }) },
    { what: 'the password', item: secret('SecurityCtrlr', { value: 'hunter2', mutability: 'ReadWrite' }) },
    { what: 'the password in other letters', item: secret('SECURITYCTRLR', { value: 'hunter2' }) },
  ])('keeps no value of $what, neither in the model nor in the part', ({ item }) => {
    const { before } = notifyReport.decide({ ...request, reportData: [item, interval] }, facts);
    expect(JSON.stringify(before)).not.toContain('hunter2');
    expect(before).toMatchObject([
      { variables: [{ variable: { name: 'BasicAuthPassword' } }, { value: '300' }] },
      { items: [{ ...item, variableAttribute: [{}] }, interval] },
    ]);
  });

  it('shows a variable of the name of the password, where it is another component’s', () => {
    const item = secret('Vendor', { value: 'public' });
    expect(notifyReport.decide({ ...request, reportData: [item] }, facts).before).toMatchObject([
      { variables: [{ value: 'public' }] },
      { items: [item] },
    ]);
  });

  it('takes the receive time for a clock that was never set', () => {
    const { before, noted } = notifyReport.decide({ ...request, generatedAt: '1970-01-01T00:00:00Z' }, facts);
    expect(before).toMatchObject([{ time: { at: now, raw: '1970-01-01T00:00:00Z' } }]);
    expect(noted).toEqual(['clock-absurd']);
  });
});
