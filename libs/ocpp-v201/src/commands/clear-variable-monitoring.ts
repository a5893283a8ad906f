import type { CommandAnswers } from '@ocpp-gw/contracts';
import { statusOfParts } from '@ocpp-gw/ocpp-j';
import type { ClearVariableMonitoringResponse } from '#generated/messages.d.ts';
import { outbound } from './outbound.ts';

/** ClearVariableMonitoring (OCPP 2.0.1 N06). */
export const clearVariableMonitoring = outbound('ClearVariableMonitoring', 'ClearVariableMonitoring', {
  toCall: ({ ids }, checked) => checked({ id: [...ids] }),
  mirror: {
    answered(_request, { clearMonitoringResult }) {
      // NotFound: the station has no such monitor.
      const ids = clearMonitoringResult.filter(({ status }) => status !== 'Rejected').map(({ id }) => id);
      return ids.length > 0 ? [{ kind: 'monitorsCleared', ids }] : [];
    },
  },
  status: ({ clearMonitoringResult }, command) =>
    statusOfParts({ statuses: clearMonitoringResult.map(({ status }) => status), asked: command?.ids.length }),
  readAnswer: readCleared,
});

export function readCleared({
  clearMonitoringResult,
}: ClearVariableMonitoringResponse): CommandAnswers['ClearVariableMonitoring'] {
  return { monitors: clearMonitoringResult.map(({ id, status }) => ({ id, status })) };
}
