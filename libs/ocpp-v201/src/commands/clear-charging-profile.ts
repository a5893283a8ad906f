import type { ClearChargingProfile } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked, demand } from './checked.ts';
import { evseOrStation } from './evse.ts';
import type { MirrorOf } from './mirror.ts';

/** ClearChargingProfile (OCPP 2.0.1 K10): by id, or by what else is known of the profiles. */
export function clearChargingProfile(command: ClearChargingProfile): Translation {
  const { chargingProfileId, evseId, purpose, stackLevel } = command;
  const criteria = { evseId, chargingProfilePurpose: purpose, stackLevel };
  const hasCriteria = Object.values(criteria).some((each) => each !== undefined);
  return checked(
    'ClearChargingProfile',
    { chargingProfileId, chargingProfileCriteria: hasCriteria ? criteria : undefined },
    [
      ...evseOrStation(evseId, '/chargingProfileCriteria/evseId'),
      // K10.FR.02.
      ...demand(
        hasCriteria !== (chargingProfileId !== undefined),
        '/chargingProfileCriteria',
        hasCriteria
          ? 'must be absent where the id names the profile'
          : 'must be there, or the id of a profile: no message clears all',
      ),
      ...demand(
        purpose !== 'ChargingStationExternalConstraints',
        '/chargingProfileCriteria/chargingProfilePurpose',
        'cannot be cleared: other systems set and clear it',
      ),
    ],
  );
}

export const clearChargingProfileMirror = {
  // Accepted or Unknown, which says that the station has no such profile: either way it is gone.
  answered: ({ chargingProfileId, chargingProfileCriteria }) => [
    {
      kind: 'chargingProfilesCleared',
      chargingProfileId,
      evseId: chargingProfileCriteria?.evseId,
      purpose: chargingProfileCriteria?.chargingProfilePurpose,
      stackLevel: chargingProfileCriteria?.stackLevel,
    },
  ],
} satisfies MirrorOf<'ClearChargingProfile'>;
