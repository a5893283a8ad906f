import type { Reset } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { oneEvse } from './evse.ts';

/** Reset (OCPP 2.0.1 B11, B12) of the station or of one EVSE; OnIdle lets running transactions end first. */
export function reset({ type, evseId }: Reset): Translation {
  return checked('Reset', { type: type === 'soft' ? 'OnIdle' : 'Immediate', evseId }, oneEvse(evseId));
}
