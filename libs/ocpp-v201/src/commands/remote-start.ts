import type { ChargingProfile, PayloadFault } from '@ocpp-gw/contracts';
import { demand } from '@ocpp-gw/ocpp-j';
import { fromWire, profileFaults, toWire } from './charging-profile.ts';
import { oneEvse } from './evse.ts';
import { toWireGroup, toWireToken } from './id-token.ts';
import { outbound } from './outbound.ts';

/** RemoteStart as RequestStartTransaction (OCPP 2.0.1 F01, F02). */
export const remoteStart = outbound('RemoteStart', 'RequestStartTransaction', {
  toCall(command, checked) {
    const { idToken, idTokenType, groupIdToken, evseId, remoteStartId, chargingProfile } = command;
    return checked(
      {
        remoteStartId,
        idToken: toWireToken(idToken, idTokenType),
        groupIdToken: toWireGroup(groupIdToken),
        evseId,
        chargingProfile: chargingProfile && toWire(chargingProfile),
      },
      [...oneEvse(evseId), ...(chargingProfile ? startProfileFaults(chargingProfile) : [])],
    );
  },
  mirror: {
    answered({ evseId = 0, chargingProfile }, { status }) {
      if (status !== 'Accepted' || !chargingProfile) return [];
      return [{ kind: 'chargingProfileSet', evseId, profile: fromWire(chargingProfile) }];
    },
  },
  readAnswer: ({ transactionId }) => ({ transactionId }),
});

/** K05: the profile is for the transaction that is about to begin, which has no id yet. */
function startProfileFaults(profile: ChargingProfile): readonly PayloadFault[] {
  const at = '/chargingProfile';
  return [
    ...demand(profile.purpose === 'TxProfile', `${at}/chargingProfilePurpose`, 'must be TxProfile in a remote start'),
    ...demand(profile.transactionId === undefined, `${at}/transactionId`, 'must be absent in a remote start'),
    ...profileFaults(profile, at),
  ];
}
