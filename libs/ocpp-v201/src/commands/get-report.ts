import type { GetReport } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';
import { reportRequested } from './report-requested.ts';

/** GetReport (OCPP 2.0.1 B08). */
export function getReport({ ocppRequestId, componentCriteria, componentVariables }: GetReport): Translation {
  return checked('GetReport', {
    requestId: ocppRequestId,
    componentCriteria: componentCriteria && [...componentCriteria],
    componentVariable: componentVariables && [...componentVariables],
  });
}

export const getReportMirror = {
  answered: ({ requestId }, answer) => reportRequested('DeviceModel', requestId, answer),
} satisfies MirrorOf<'GetReport'>;
