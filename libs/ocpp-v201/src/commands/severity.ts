import type { PayloadFault } from '@ocpp-gw/contracts';
import { demand } from '@ocpp-gw/ocpp-j';

/** 0 Danger to 9 Debug (OCPP 2.0.1 N). */
export function severityFaults(severity: number, path: string): readonly PayloadFault[] {
  return demand(severity >= 0 && severity <= 9, path, 'must be from 0 to 9');
}
