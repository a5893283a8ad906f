import type { ClearChargingProfile } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { fromWirePurpose, toWirePurpose } from './charging-profile.ts';
import { checked } from './checked.ts';
import { connectorOrStation } from './connector.ts';
import type { MirrorOf } from './mirror.ts';

/** ClearChargingProfile (OCPP 1.6 section 5.5). */
export function clearChargingProfile(command: ClearChargingProfile): Translation {
  const { chargingProfileId, evseId, purpose, stackLevel } = command;
  return checked(
    'ClearChargingProfile',
    {
      id: chargingProfileId,
      connectorId: evseId,
      chargingProfilePurpose: purpose && toWirePurpose(purpose),
      stackLevel,
    },
    connectorOrStation(evseId),
  );
}

export const clearChargingProfileMirror = {
  // Accepted or Unknown, which says that the charge point has no such profile: either way it is gone.
  answered: ({ id, connectorId, chargingProfilePurpose, stackLevel }) => [
    {
      kind: 'chargingProfilesCleared',
      chargingProfileId: id,
      evseId: connectorId,
      purpose: chargingProfilePurpose && fromWirePurpose(chargingProfilePurpose),
      stackLevel,
    },
  ],
} satisfies MirrorOf<'ClearChargingProfile'>;
