import { oneEvse } from './evse.ts';
import { outbound } from './outbound.ts';

/** Reset (OCPP 2.0.1 B11, B12) of the station or of one EVSE; OnIdle lets running transactions end first. */
export const reset = outbound('Reset', 'Reset', {
  toCall: ({ type, evseId }, checked) =>
    checked({ type: type === 'Soft' ? 'OnIdle' : 'Immediate', evseId }, oneEvse(evseId)),
});
