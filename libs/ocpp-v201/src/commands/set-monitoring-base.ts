import type { SetMonitoringBase } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** SetMonitoringBase (OCPP 2.0.1 N03). What monitors are left is told by the next monitoring report. */
export function setMonitoringBase({ monitoringBase }: SetMonitoringBase): Translation {
  return checked('SetMonitoringBase', { monitoringBase });
}
