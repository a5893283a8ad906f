import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { getMonitoringReport } from './get-monitoring-report.ts';

const named = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };

describe('GetMonitoringReport', () => {
  it.each<{ sent: Partial<CommandOf<'GetMonitoringReport'>>; payload: object }>([
    { sent: {}, payload: {} },
    {
      sent: { monitoringCriteria: ['ThresholdMonitoring'], componentVariables: [named] },
      payload: { monitoringCriteria: ['ThresholdMonitoring'], componentVariable: [named] },
    },
  ])('sends $payload (TC_N_01 to TC_N_03, TC_N_47)', ({ sent, payload }) => {
    expect(getMonitoringReport.toCall({ kind: 'GetMonitoringReport', ocppRequestId: 9, ...sent })).toEqual({
      ok: true,
      action: 'GetMonitoringReport',
      payload: { requestId: 9, ...payload },
    });
  });

  it('refuses a list of no criteria', () => {
    expect(
      getMonitoringReport.toCall({ kind: 'GetMonitoringReport', ocppRequestId: 9, monitoringCriteria: [] }),
    ).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/monitoringCriteria' }] });
  });

  it.each([
    ['Accepted', [false]],
    ['EmptyResultSet', [true]],
    ['NotSupported', []],
    ['Rejected', []],
  ] as const)('answered %s brings a report, empty: %j', (status, reports) => {
    expect(getMonitoringReport.mirror.answered({ requestId: 9 }, { status })).toEqual(
      reports.map((empty) => ({ kind: 'reportRequested', report: 'Monitoring', requestId: 9, empty })),
    );
  });
});
