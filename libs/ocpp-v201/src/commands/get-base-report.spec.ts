import { describe, expect, it } from '@jest/globals';
import { getBaseReport } from './get-base-report.ts';

const request = { requestId: 9, reportBase: 'FullInventory' as const };

describe('GetBaseReport', () => {
  it.each(['ConfigurationInventory', 'FullInventory', 'SummaryInventory'] as const)(
    'asks for the %s (TC_B_12 to TC_B_14)',
    (reportBase) => {
      expect(getBaseReport.toCall({ kind: 'GetBaseReport', ocppRequestId: 9, reportBase })).toEqual({
        ok: true,
        action: 'GetBaseReport',
        payload: { requestId: 9, reportBase },
      });
    },
  );

  it('refuses an id beyond 32 bits', () => {
    expect(
      getBaseReport.toCall({ kind: 'GetBaseReport', ocppRequestId: 2 ** 31, reportBase: 'FullInventory' }),
    ).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/requestId', message: 'must fit into 32 bits' }] });
  });

  it.each([
    ['Accepted', [{ kind: 'reportRequested', report: 'DeviceModel', requestId: 9, empty: false }]],
    ['EmptyResultSet', [{ kind: 'reportRequested', report: 'DeviceModel', requestId: 9, empty: true }]],
    ['NotSupported', []],
    ['Rejected', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    expect(getBaseReport.mirror.answered(request, { status })).toEqual(effects);
  });
});
