import { describe, expect, it } from '@jest/globals';
import { clearVariableMonitoring, readCleared } from './clear-variable-monitoring.ts';

describe('ClearVariableMonitoring', () => {
  it('names the monitors (TC_N_18)', () => {
    expect(clearVariableMonitoring.toCall({ kind: 'ClearVariableMonitoring', ids: [1, 2] })).toEqual({
      ok: true,
      action: 'ClearVariableMonitoring',
      payload: { id: [1, 2] },
    });
  });

  it('refuses a list of none', () => {
    expect(clearVariableMonitoring.toCall({ kind: 'ClearVariableMonitoring', ids: [] })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/id' }],
    });
  });

  const clearMonitoringResult = [
    { id: 1, status: 'Accepted' as const },
    { id: 2, status: 'Rejected' as const },
    { id: 3, status: 'NotFound' as const },
  ];
  it('clears those that are gone, and none that stay (TC_N_44)', () => {
    expect(clearVariableMonitoring.mirror.answered({ id: [1, 2, 3] }, { clearMonitoringResult })).toEqual([
      { kind: 'monitorsCleared', ids: [1, 3] },
    ]);
    const refused = clearMonitoringResult.slice(1, 2);
    expect(clearVariableMonitoring.mirror.answered({ id: [2] }, { clearMonitoringResult: refused })).toEqual([]);
  });

  it('reads each result', () => {
    expect(readCleared({ clearMonitoringResult })).toEqual({ monitors: clearMonitoringResult });
  });
});
