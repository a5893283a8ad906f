import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** ClearCache (OCPP 1.6 section 5.4). */
export function clearCache(): Translation {
  return checked('ClearCache', {});
}
