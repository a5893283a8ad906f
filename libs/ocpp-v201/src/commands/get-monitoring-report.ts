import type { GetMonitoringReport } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';
import { reportRequested } from './report-requested.ts';

/** GetMonitoringReport (OCPP 2.0.1 N02). */
export function getMonitoringReport(command: GetMonitoringReport): Translation {
  const { ocppRequestId, monitoringCriteria, componentVariables } = command;
  return checked('GetMonitoringReport', {
    requestId: ocppRequestId,
    monitoringCriteria: monitoringCriteria && [...monitoringCriteria],
    componentVariable: componentVariables && [...componentVariables],
  });
}

export const getMonitoringReportMirror = {
  answered: ({ requestId }, answer) => reportRequested('Monitoring', requestId, answer),
} satisfies MirrorOf<'GetMonitoringReport'>;
