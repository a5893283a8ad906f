import type { GetDiagnostics } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { getLog } from './get-log.ts';

/** GetDiagnostics as GetLog (OCPP 2.0.1 N01) of the diagnostics log. */
export function getDiagnostics(command: GetDiagnostics): Translation {
  return getLog({ ...command, kind: 'GetLog', logType: 'DiagnosticsLog' });
}
