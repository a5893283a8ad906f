import { outbound } from './outbound.ts';

/** ClearCache (OCPP 1.6 section 5.4). */
export const clearCache = outbound('ClearCache', 'ClearCache', {
  toCall: (_command, checked) => checked({}),
});
