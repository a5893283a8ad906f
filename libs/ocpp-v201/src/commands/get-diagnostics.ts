import { getLog } from './get-log.ts';
import { outboundBy } from './outbound.ts';

/** GetDiagnostics as GetLog (OCPP 2.0.1 N01) of the diagnostics log. */
export const getDiagnostics = outboundBy(getLog, 'GetDiagnostics', {
  toCall: (command) => getLog.toCall({ ...command, kind: 'GetLog', logType: 'DiagnosticsLog' }),

  readAnswer: getLog.readAnswer,
});
