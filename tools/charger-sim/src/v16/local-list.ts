import type { Answers } from './station.ts';

/** Local authorization list (OCPP 1.6 5.10, 5.15). */
export const localList = {
  GetLocalListVersion: (station) => ({ payload: { listVersion: station.localList.version } }),

  SendLocalList: (station, { listVersion, updateType, localAuthorizationList = [] }) => ({
    payload: {
      status: station.localList.update({
        version: listVersion,
        type: updateType,
        entries: localAuthorizationList.map(({ idTag, idTagInfo }) => ({ idToken: idTag, info: idTagInfo })),
      }),
    },
  }),
} satisfies Partial<Answers>;
