import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { LOWER, monitored, PERIODIC, POWER, type Target } from './monitors.ts';
import { charging, time } from './octt.ts';

/** Block N, monitors that the operator asks the station for (N02). */
export function monitoringReports(stack: () => Stack): void {
  const { booted } = charging(stack);

  interface Query {
    body: object;
    wire: object;
  }

  const CRITERIA: Query = {
    body: { monitoring_criteria: ['ThresholdMonitoring', 'PeriodicMonitoring'] },
    wire: { monitoringCriteria: ['ThresholdMonitoring', 'PeriodicMonitoring'] },
  };
  const variables = (...targets: readonly Partial<Target['wire']>[]): Query => ({
    body: { component_variables: targets },
    wire: { componentVariable: targets },
  });
  const both = (one: Query, other: Query): Query => ({
    body: { ...one.body, ...other.body },
    wire: { ...one.wire, ...other.wire },
  });

  it('TC_N_01 Get Monitoring Report - with monitoringCriteria', () => reports('OCTT2-N_01', CRITERIA));
  it('TC_N_02 Get Monitoring Report - with component/variable', () => reports('OCTT2-N_02', variables(POWER.wire)));
  it('TC_N_03 Get Monitoring Report - with component criteria and component/variable', () =>
    reports('OCTT2-N_03', both(CRITERIA, variables(POWER.wire))));
  it('TC_N_47 Get Monitoring report - Report all', () => reports('OCTT2-N_47', { body: {}, wire: {} }));
  it('TC_N_60 Get Monitoring Report - with component criteria and list of components/variables', () =>
    reports('OCTT2-N_60', both(CRITERIA, variables(POWER.wire, { component: { name: 'ChargingStation' } }))));

  /** GetMonitoringReport, answered in two parts; the operator reads the whole and what it corrects. */
  async function reports(cpId: string, { body, wire }: Query): Promise<void> {
    const octt = await booted(cpId);
    const action = 'GetMonitoringReport';
    const { sent, heard } = await octt.command('get-monitoring-report', body, action, { status: 'Accepted' });
    expect(sent).toEqual({ requestId: expect.any(Number), ...wire });
    const { requestId } = sent;
    expect(heard).toMatchObject({ status: 'Accepted', ocpp_request_id: requestId });
    const parts = [LOWER, PERIODIC].map(({ of, ...monitor }, index) => ({
      ...of.wire,
      variableMonitoring: [{ id: index + 1, transaction: false, ...monitor }],
    }));
    for (const [seqNo, part] of parts.entries()) {
      expect(await octt.read(`/reports/${String(requestId)}`)).toMatchObject({ state: 'collecting', parts: seqNo });
      const report = { requestId, seqNo, tbc: seqNo < parts.length - 1, generatedAt: time(), monitor: [part] };
      expect(await octt.call('NotifyMonitoringReport', report)).toEqual({});
    }
    expect(await octt.read(`/reports/${String(requestId)}`)).toMatchObject({
      kind: 'Monitoring',
      state: 'complete',
      missing_seq_nos: [],
      items: parts,
    });
    await monitored(octt, [
      [1, LOWER],
      [2, PERIODIC],
    ]);
  }
}
