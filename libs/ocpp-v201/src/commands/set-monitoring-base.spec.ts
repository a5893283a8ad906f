import { describe, expect, it } from '@jest/globals';
import { setMonitoringBase } from './set-monitoring-base.ts';

describe('SetMonitoringBase', () => {
  it.each(['All', 'FactoryDefault', 'HardWiredOnly'] as const)('sets %s (TC_N_05)', (monitoringBase) => {
    expect(setMonitoringBase.toCall({ kind: 'SetMonitoringBase', monitoringBase })).toEqual({
      ok: true,
      action: 'SetMonitoringBase',
      payload: { monitoringBase },
    });
  });
});
