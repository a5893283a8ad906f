import { outbound } from './outbound.ts';
import { reportRequested } from './report-requested.ts';

/** GetDisplayMessages (OCPP 2.0.1 O03, O04). */
export const getDisplayMessages = outbound('GetDisplayMessages', 'GetDisplayMessages', {
  toCall: ({ ocppRequestId, ids, priority, state }, checked) =>
    checked({ requestId: ocppRequestId, id: ids && [...ids], priority, state }),
  mirror: {
    answered: ({ requestId }, answer) => reportRequested('DisplayMessages', requestId, answer),
  },
});
