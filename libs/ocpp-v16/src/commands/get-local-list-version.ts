import { INT32_MAX } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** GetLocalListVersion (OCPP 1.6 section 5.10). */
export const getLocalListVersion = outbound('GetLocalListVersion', 'GetLocalListVersion', {
  toCall: (_command, checked) => checked({}),
  mirror: {
    // -1: it keeps no list; 0: it is empty. Other numbers below 1 are no versions.
    answered: (_request, { listVersion }) =>
      listVersion >= -1 && listVersion <= INT32_MAX ? [{ kind: 'localListVersion', version: listVersion }] : [],
  },
  readAnswer: ({ listVersion }) => ({ version: listVersion }),
});
