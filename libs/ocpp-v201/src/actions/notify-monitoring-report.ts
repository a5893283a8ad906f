import {
  type ActionHandler,
  type MonitorFact,
  type MonitorsReportedEffect,
  clockIsAbsurd,
  readChargerTime,
  rulesMet,
} from '@ocpp-gw/ocpp-j';
import type {
  MonitoringDataType,
  NotifyMonitoringReportRequest,
  NotifyMonitoringReportResponse,
} from '#generated/messages.d.ts';
import { readComponent, readVariable } from '../commands/component.ts';
import { reportPart } from './report-part.ts';

/**
 * NotifyMonitoringReport, charging station to CSMS (OCPP 2.0.1 N02).
 * One part of the monitors that GetMonitoringReport asked for.
 */
export const notifyMonitoringReport: ActionHandler<
  NotifyMonitoringReportRequest,
  NotifyMonitoringReportResponse,
  never
> = {
  lookups: () => ({}),
  decide(request, { now }) {
    const items = request.monitor ?? [];
    const reported: MonitorsReportedEffect = { kind: 'monitorsReported', monitors: items.flatMap(factsOf) };
    return {
      reply: {},
      before: [
        ...(reported.monitors.length > 0 ? [reported] : []),
        reportPart('Monitoring', request, items, readChargerTime(request.generatedAt, now)),
      ],
      noted: rulesMet({ 'clock-absurd': clockIsAbsurd(request.generatedAt, now) }),
    };
  },
};

function factsOf({ component, variable, variableMonitoring }: MonitoringDataType): MonitorFact[] {
  return variableMonitoring.map(({ id, type, value, severity, transaction }) => ({
    id,
    component: readComponent(component),
    variable: readVariable(variable),
    type,
    value,
    severity,
    transaction,
  }));
}
