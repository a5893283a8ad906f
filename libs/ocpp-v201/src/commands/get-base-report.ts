import type { GetBaseReport } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';
import { reportRequested } from './report-requested.ts';

/** GetBaseReport (OCPP 2.0.1 B07). */
export function getBaseReport({ ocppRequestId, reportBase }: GetBaseReport): Translation {
  return checked('GetBaseReport', { requestId: ocppRequestId, reportBase });
}

export const getBaseReportMirror = {
  answered: ({ requestId }, answer) => reportRequested('DeviceModel', requestId, answer),
} satisfies MirrorOf<'GetBaseReport'>;
