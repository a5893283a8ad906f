import { outbound } from './outbound.ts';
import { reportRequested } from './report-requested.ts';

/** GetBaseReport (OCPP 2.0.1 B07). */
export const getBaseReport = outbound('GetBaseReport', 'GetBaseReport', {
  toCall: ({ ocppRequestId, reportBase }, checked) => checked({ requestId: ocppRequestId, reportBase }),
  mirror: {
    answered: ({ requestId }, answer) => reportRequested('DeviceModel', requestId, answer),
  },
});
