import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { LOWER, monitored, PERIODIC, setMonitors, UPPER } from './monitors.ts';
import { charging, type Octt } from './octt.ts';

/** Block N, monitors that the operator sets and clears (N03 to N06). */
export function monitoring(stack: () => Stack): void {
  const { booted } = charging(stack);

  async function clear(octt: Octt, ids: readonly number[], status: string): Promise<void> {
    const { sent, heard } = await octt.command('clear-variable-monitoring', { ids }, 'ClearVariableMonitoring', {
      clearMonitoringResult: ids.map((id) => ({ id, status })),
    });
    expect(sent).toEqual({ id: ids });
    expect(heard).toMatchObject({ monitors: ids.map((id) => ({ id, status })) });
  }

  it('TC_N_08 Set Variable Monitoring - One SetMonitoringData element', async () => {
    await setMonitors(await booted('OCTT2-N_08'), [UPPER]);
  });
  it('TC_N_09 Set Variable Monitoring - Multiple elements on different component and variable', async () => {
    await setMonitors(await booted('OCTT2-N_09'), [UPPER, LOWER]);
  });

  it('TC_N_44 Clear Monitoring - Rejected', async () => {
    const octt = await booted('OCTT2-N_44');
    await setMonitors(octt, [UPPER]);
    await clear(octt, [1], 'Rejected');
    await monitored(octt, [[1, UPPER]]);
  });

  it('TC_N_18 Clear Monitoring - Too many elements', async () => {
    const octt = await booted('OCTT2-N_18');
    await setMonitors(octt, [UPPER, LOWER, PERIODIC]);
    const limit = { component: { name: 'MonitoringCtrlr' }, variable: { name: 'ItemsPerMessage' } };
    const instanced = { ...limit, variable: { ...limit.variable, instance: 'ClearVariableMonitoring' } };
    const { sent } = await octt.command('get-variables', { variables: [instanced] }, 'GetVariables', {
      getVariableResult: [{ ...instanced, attributeStatus: 'Accepted', attributeValue: '2' }],
    });
    expect(sent).toEqual({ getVariableData: [instanced] });
    // The station has said how many it takes, so it is never sent more.
    expect(await octt.operator('POST', '/commands/clear-variable-monitoring', { ids: [1, 2, 3] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/ids', message: expect.stringContaining('2') }] },
    });
    await clear(octt, [1, 2], 'Accepted');
    await monitored(octt, [[3, PERIODIC]]);
    await clear(octt, [3], 'Accepted');
    await monitored(octt, []);
  });

  it('TC_N_05 Set Monitoring Base - success', async () => {
    const octt = await booted('OCTT2-N_05');
    for (const base of ['All', 'FactoryDefault', 'HardWiredOnly']) {
      const body = { monitoring_base: base };
      const { sent, heard } = await octt.command('set-monitoring-base', body, 'SetMonitoringBase', {
        status: 'Accepted',
      });
      expect(sent).toEqual({ monitoringBase: base });
      expect(heard).toMatchObject({ status: 'Accepted' });
    }
  });

  async function level(octt: Octt, severity: number, status: string): Promise<void> {
    const { sent, heard } = await octt.command('set-monitoring-level', { severity }, 'SetMonitoringLevel', { status });
    expect(sent).toEqual({ severity });
    expect(heard).toMatchObject({ status });
  }

  it('TC_N_16 Set Monitoring Level - Success', async () => {
    const octt = await booted('OCTT2-N_16');
    for (const severity of [0, 4, 9]) await level(octt, severity, 'Accepted');
  });

  it('TC_N_17 Set Monitoring Level - Out of range', async () => {
    const octt = await booted('OCTT2-N_17');
    // There is no such severity, so no station is asked.
    expect(await octt.operator('POST', '/commands/set-monitoring-level', { severity: 10 })).toMatchObject({
      status: 422,
      body: { errors: [expect.objectContaining({ pointer: '/severity' })] },
    });
    await level(octt, 9, 'Rejected');
  });
}
