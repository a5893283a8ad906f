import { outbound } from './outbound.ts';

/** ClearCache (OCPP 2.0.1 C11). */
export const clearCache = outbound('ClearCache', 'ClearCache', {
  toCall: (_command, checked) => checked({}),
});
