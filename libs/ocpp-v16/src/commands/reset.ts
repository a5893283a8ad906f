import { outbound } from './outbound.ts';

/** Reset (OCPP 1.6 section 5.14): of the whole charge point, always. */
export const reset = outbound('Reset', 'Reset', {
  toCall({ type, evseId }, checked) {
    if (evseId !== undefined)
      return {
        ok: false,
        kind: 'notSupported',
        reason: 'OCPP 1.6 resets whole charge points only: leave out evseId',
      };
    return checked({ type });
  },
});
