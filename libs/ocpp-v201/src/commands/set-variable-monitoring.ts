import type { CommandAnswers } from '@ocpp-gw/contracts';
import { demand, type MonitorFact, statusOfParts } from '@ocpp-gw/ocpp-j';
import type { SetMonitoringDataType, SetVariableMonitoringResponse } from '#generated/messages.d.ts';
import { readComponent, readVariable, variableKey } from './component.ts';
import { outbound } from './outbound.ts';
import { severityFaults } from './severity.ts';

/** SetVariableMonitoring (OCPP 2.0.1 N04). */
export const setVariableMonitoring = outbound('SetVariableMonitoring', 'SetVariableMonitoring', {
  toCall: ({ monitors }, checked) =>
    checked(
      { setMonitoringData: [...monitors] },
      monitors.flatMap(({ severity, type, value }, index) => [
        ...severityFaults(severity, `/setMonitoringData/${index}/severity`),
        ...demand(
          (type !== 'Periodic' && type !== 'PeriodicClockAligned') || value > 0,
          `/setMonitoringData/${index}/value`,
          'must be more than 0 seconds',
        ),
      ]),
    ),
  mirror: {
    answered({ setMonitoringData }, { setMonitoringResult }) {
      // A station may answer in another order.
      const asked = new Map(setMonitoringData.map((wanted) => [monitorKey(wanted), wanted]));
      const monitors = setMonitoringResult.flatMap((result): readonly MonitorFact[] => {
        const wanted = asked.get(monitorKey(result));
        if (result.status !== 'Accepted' || result.id === undefined || !wanted) return [];
        const { type, value, severity, transaction = false } = wanted;
        const component = readComponent(wanted.component);
        return [
          { id: result.id, component, variable: readVariable(wanted.variable), type, value, severity, transaction },
        ];
      });
      return monitors.length > 0 ? [{ kind: 'monitorsReported', monitors }] : [];
    },
  },
  status: ({ setMonitoringResult }, command) =>
    statusOfParts({ statuses: setMonitoringResult.map(({ status }) => status), asked: command?.monitors.length }),
  readAnswer: readMonitors,
});

/** No variable has two monitors of one type and severity (Duplicate). */
function monitorKey(monitor: Pick<SetMonitoringDataType, 'component' | 'variable' | 'type' | 'severity'>): string {
  return `${monitor.type} ${monitor.severity} ${variableKey(monitor)}`;
}

export function readMonitors({
  setMonitoringResult,
}: SetVariableMonitoringResponse): CommandAnswers['SetVariableMonitoring'] {
  return {
    monitors: setMonitoringResult.map(({ id, status, type, severity, component, variable }) => ({
      id,
      status,
      type,
      severity,
      component: readComponent(component),
      variable: readVariable(variable),
    })),
  };
}
