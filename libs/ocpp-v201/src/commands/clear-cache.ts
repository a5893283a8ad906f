import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** ClearCache (OCPP 2.0.1 C11). */
export function clearCache(): Translation {
  return checked('ClearCache', {});
}
