import { demand } from '@ocpp-gw/ocpp-j';
import { evseOrStation } from './evse.ts';
import { outbound } from './outbound.ts';

/** ClearChargingProfile (OCPP 2.0.1 K10): by id, or by other properties of the profiles. */
export const clearChargingProfile = outbound('ClearChargingProfile', 'ClearChargingProfile', {
  toCall(command, checked) {
    const { chargingProfileId, evseId, purpose, stackLevel } = command;
    const criteria = { evseId, chargingProfilePurpose: purpose, stackLevel };
    const hasCriteria = Object.values(criteria).some((each) => each !== undefined);
    return checked({ chargingProfileId, chargingProfileCriteria: hasCriteria ? criteria : undefined }, [
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
    ]);
  },
  mirror: {
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
  },
});
