import type { Reset } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** Reset (OCPP 1.6 section 5.14): of the whole charge point, always. */
export function reset({ type, evseId }: Reset): Translation {
  if (evseId !== undefined)
    return {
      ok: false,
      kind: 'notSupported',
      reason: 'OCPP 1.6 resets whole charge points only: leave out evseId',
    };
  return checked('Reset', { type: type === 'soft' ? 'Soft' : 'Hard' });
}
