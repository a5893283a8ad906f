import type { ChargingProfile, PayloadFault } from '@ocpp-gw/contracts';
import { demand } from '@ocpp-gw/ocpp-j';
import { fromWire, profileFaults, toWire } from './charging-profile.ts';
import { oneConnector } from './connector.ts';
import { outbound } from './outbound.ts';

/** RemoteStart as RemoteStartTransaction (OCPP 1.6 section 5.11). 1.6 has neither token types nor remoteStartId. */
export const remoteStart = outbound('RemoteStart', 'RemoteStartTransaction', {
  toCall({ idToken, groupIdToken, evseId, chargingProfile }, checked) {
    if (groupIdToken !== undefined)
      return {
        ok: false,
        kind: 'notSupported',
        reason: 'OCPP 1.6 names no group in a remote start: leave out groupIdToken',
      };
    return checked(
      { idTag: idToken, connectorId: evseId, chargingProfile: chargingProfile && toWire(chargingProfile) },
      [...oneConnector(evseId), ...(chargingProfile ? startProfileFaults(chargingProfile) : [])],
    );
  },
  mirror: {
    answered({ idTag, connectorId = 0, chargingProfile }, { status }, _now, { command, sentAt }) {
      if (status !== 'Accepted') return [];
      return [
        ...(chargingProfile
          ? [{ kind: 'chargingProfileSet' as const, evseId: connectorId, profile: fromWire(chargingProfile) }]
          : []),
        // The StartTransaction that follows does not name this command.
        ...(command.kind === 'RemoteStart'
          ? [
              {
                kind: 'remoteStartAccepted' as const,
                remoteStartId: command.remoteStartId,
                idToken: idTag,
                connectorId,
                sentAt,
              },
            ]
          : []),
      ];
    },
  },
  // 1.6 names no transaction in its answer.
  readAnswer: () => ({}),
});

/** Section 5.16.2: the profile is for the transaction that is about to begin, which has no id yet. */
function startProfileFaults(profile: ChargingProfile): readonly PayloadFault[] {
  const at = '/chargingProfile';
  return [
    ...demand(profile.purpose === 'TxProfile', `${at}/chargingProfilePurpose`, 'must be TxProfile in a remote start'),
    ...demand(profile.transactionId === undefined, `${at}/transactionId`, 'must be absent in a remote start'),
    ...profileFaults(profile, at),
  ];
}
