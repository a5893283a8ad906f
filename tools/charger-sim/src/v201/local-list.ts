import type { Answers } from './station.ts';

/** Local authorization list (OCPP 2.0.1 D). */
export const localList = {
  GetLocalListVersion: (station) => ({ payload: { versionNumber: station.localList.version } }),

  SendLocalList: (station, { versionNumber, updateType, localAuthorizationList = [] }) => ({
    payload: {
      status: station.localList.update({
        version: versionNumber,
        type: updateType,
        entries: localAuthorizationList.map(({ idToken, idTokenInfo }) => ({
          idToken: idToken.idToken,
          info: idTokenInfo,
        })),
      }),
    },
  }),
} satisfies Partial<Answers>;
