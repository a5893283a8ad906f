import { INT32_MAX } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** GetLocalListVersion (OCPP 2.0.1 D02). */
export const getLocalListVersion = outbound('GetLocalListVersion', 'GetLocalListVersion', {
  toCall: (_command, checked) => checked({}),
  mirror: {
    // 0: there is no list. Numbers below 0 are no versions.
    answered: (_request, { versionNumber }) =>
      versionNumber >= 0 && versionNumber <= INT32_MAX ? [{ kind: 'localListVersion', version: versionNumber }] : [],
  },
  readAnswer: ({ versionNumber }) => ({ version: versionNumber }),
});
