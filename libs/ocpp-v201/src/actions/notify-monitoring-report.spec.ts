import { describe, expect, it } from '@jest/globals';
import { notifyMonitoringReport } from './notify-monitoring-report.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };
const generatedAt = '2026-03-01T10:00:00Z';
const request = { requestId: 8, seqNo: 2, generatedAt };

describe('NotifyMonitoringReport', () => {
  it('tells each monitor of each variable, and files the part (N02)', () => {
    const upper = { id: 1, type: 'UpperThreshold', value: 60, severity: 5, transaction: false } as const;
    const delta = { id: 2, type: 'Delta', value: 0.5, severity: 8, transaction: true } as const;
    const monitor = {
      component: { name: 'Connector', evse: { id: 1 } },
      variable: { name: 'Temperature' },
      variableMonitoring: [upper, delta],
    };
    const part = { ...request, monitor: [monitor] };
    const of = { component: monitor.component, variable: monitor.variable };
    expect(notifyMonitoringReport.lookups(part, facts)).toEqual({});
    expect(notifyMonitoringReport.decide(part, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'monitorsReported',
          monitors: [
            { ...upper, ...of },
            { ...delta, ...of },
          ],
        },
        {
          kind: 'reportPart',
          report: 'Monitoring',
          requestId: 8,
          seqNo: 2,
          last: true,
          items: [monitor],
          time: { at: new Date(generatedAt) },
        },
      ],
      noted: [],
    });
  });

  it('files a part with no monitor left to tell', () => {
    expect(notifyMonitoringReport.decide({ ...request, tbc: false }, facts).before).toMatchObject([
      { kind: 'reportPart', last: true, items: [] },
    ]);
  });

  it('takes the receive time for a clock that was never set', () => {
    const part = { ...request, generatedAt: '0001-01-01T00:00:00Z' };
    const { before, noted } = notifyMonitoringReport.decide(part, facts);
    expect(before).toMatchObject([{ time: { at: now, raw: '0001-01-01T00:00:00Z' } }]);
    expect(noted).toEqual(['clock-absurd']);
  });
});
