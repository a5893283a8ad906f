import type { ClearVariableMonitoring, CommandAnswers } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { ClearVariableMonitoringResponse } from '#generated/messages.d.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** ClearVariableMonitoring (OCPP 2.0.1 N06). */
export function clearVariableMonitoring({ ids }: ClearVariableMonitoring): Translation {
  return checked('ClearVariableMonitoring', { id: [...ids] });
}

export const clearVariableMonitoringMirror = {
  answered(_request, { clearMonitoringResult }) {
    // NotFound: the station has none such.
    const ids = clearMonitoringResult.filter(({ status }) => status !== 'Rejected').map(({ id }) => id);
    return ids.length > 0 ? [{ kind: 'monitorsCleared', ids }] : [];
  },
} satisfies MirrorOf<'ClearVariableMonitoring'>;

export function readCleared({
  clearMonitoringResult,
}: ClearVariableMonitoringResponse): CommandAnswers['ClearVariableMonitoring'] {
  return { monitors: clearMonitoringResult.map(({ id, status }) => ({ id, status })) };
}
