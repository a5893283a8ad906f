import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { getReport } from './get-report.ts';

const evse = { component: { name: 'EVSE', evse: { id: 1 } } };
const variable = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };

describe('GetReport', () => {
  it.each<{ sent: Partial<CommandOf<'GetReport'>>; payload: object }>([
    { sent: {}, payload: {} },
    {
      sent: { componentCriteria: ['Active', 'Problem'], componentVariables: [evse, variable] },
      payload: { componentCriteria: ['Active', 'Problem'], componentVariable: [evse, variable] },
    },
  ])('sends $payload (TC_B_18)', ({ sent, payload }) => {
    expect(getReport.toCall({ kind: 'GetReport', ocppRequestId: 9, ...sent })).toEqual({
      ok: true,
      action: 'GetReport',
      payload: { requestId: 9, ...payload },
    });
  });

  it.each<[Partial<CommandOf<'GetReport'>>, string]>([
    [{ componentCriteria: [] }, '/componentCriteria'],
    [{ componentVariables: [{ component: { name: 'x'.repeat(51) } }] }, '/componentVariable/0/component/name'],
  ])('refuses %j', (sent, path) => {
    expect(getReport.toCall({ kind: 'GetReport', ocppRequestId: 9, ...sent })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([
    ['Accepted', [false]],
    ['EmptyResultSet', [true]],
    ['NotSupported', []],
    ['Rejected', []],
  ] as const)('answered %s brings a report, empty: %j', (status, reports) => {
    expect(getReport.mirror.answered({ requestId: 9 }, { status })).toEqual(
      reports.map((empty) => ({ kind: 'reportRequested', report: 'DeviceModel', requestId: 9, empty })),
    );
  });
});
