import type { ChargingProfile, Command, PayloadFault } from '@ocpp-gw/contracts';
import { demand, type Effect } from '@ocpp-gw/ocpp-j';
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
    // The StartTransaction that follows does not name this command, and may follow although no answer comes.
    before({ idTag, connectorId = 0 }, _now, { command, sentAt }) {
      if (command.kind !== 'RemoteStart') return [];
      const { remoteStartId } = command;
      return [{ kind: 'remoteStartSent', remoteStartId, idToken: idTag, connectorId, sentAt }];
    },
    answered({ connectorId = 0, chargingProfile }, { status }, _now, { command }) {
      if (status !== 'Accepted') return refused(command);
      return chargingProfile
        ? [{ kind: 'chargingProfileSet', evseId: connectorId, profile: fromWire(chargingProfile) }]
        : [];
    },
    undone: (_request, _now, { command }) => refused(command),
  },
  // 1.6 names no transaction in its answer.
  readAnswer: () => ({}),
});

function refused(command: Command): readonly Effect[] {
  return command.kind === 'RemoteStart' ? [{ kind: 'remoteStartRefused', remoteStartId: command.remoteStartId }] : [];
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
