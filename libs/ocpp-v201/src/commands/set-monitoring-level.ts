import type { SetMonitoringLevel } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { severityFaults } from './severity.ts';

/** SetMonitoringLevel (OCPP 2.0.1 N05). */
export function setMonitoringLevel({ severity }: SetMonitoringLevel): Translation {
  return checked('SetMonitoringLevel', { severity }, severityFaults(severity, '/severity'));
}
