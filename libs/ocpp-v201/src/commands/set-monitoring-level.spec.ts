import { describe, expect, it } from '@jest/globals';
import { setMonitoringLevel } from './set-monitoring-level.ts';

describe('SetMonitoringLevel', () => {
  it.each([0, 9])('sets %i (TC_N_16)', (severity) => {
    expect(setMonitoringLevel.toCall({ kind: 'SetMonitoringLevel', severity })).toEqual({
      ok: true,
      action: 'SetMonitoringLevel',
      payload: { severity },
    });
  });

  it.each([-1, 10, 0.5])('refuses %d', (severity) => {
    expect(setMonitoringLevel.toCall({ kind: 'SetMonitoringLevel', severity })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/severity' }],
    });
  });
});
