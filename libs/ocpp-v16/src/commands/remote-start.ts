import type { ChargingProfile, PayloadFault, RemoteStart } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { fromWire, profileFaults, toWire } from './charging-profile.ts';
import { checked, demand } from './checked.ts';
import { oneConnector } from './connector.ts';
import type { MirrorOf } from './mirror.ts';

/** RemoteStart as RemoteStartTransaction (OCPP 1.6 section 5.11). 1.6 has neither token types nor remoteStartId. */
export function remoteStart({ idToken, groupIdToken, evseId, chargingProfile }: RemoteStart): Translation {
  if (groupIdToken !== undefined)
    return {
      ok: false,
      kind: 'notSupported',
      reason: 'OCPP 1.6 names no group in a remote start: leave out groupIdToken',
    };
  return checked(
    'RemoteStartTransaction',
    { idTag: idToken, connectorId: evseId, chargingProfile: chargingProfile && toWire(chargingProfile) },
    [...oneConnector(evseId), ...(chargingProfile ? startProfileFaults(chargingProfile) : [])],
  );
}

/** Section 5.16.2: the profile is for the transaction that is about to begin, which has no id yet. */
function startProfileFaults(profile: ChargingProfile): readonly PayloadFault[] {
  const at = '/chargingProfile';
  return [
    ...demand(profile.purpose === 'TxProfile', `${at}/chargingProfilePurpose`, 'must be TxProfile in a remote start'),
    ...demand(profile.transactionId === undefined, `${at}/transactionId`, 'must be absent in a remote start'),
    ...profileFaults(profile, at),
  ];
}

export const remoteStartMirror = {
  answered({ idTag, connectorId = 0, chargingProfile }, { status }, _now, { command, sentAt }) {
    if (status !== 'Accepted') return [];
    return [
      ...(chargingProfile
        ? [{ kind: 'chargingProfileSet' as const, evseId: connectorId, profile: fromWire(chargingProfile) }]
        : []),
      // The StartTransaction that follows does not say what it follows from.
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
} satisfies MirrorOf<'RemoteStartTransaction'>;
