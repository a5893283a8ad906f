import { fromWirePurpose, toWirePurpose } from './charging-profile.ts';
import { connectorOrStation } from './connector.ts';
import { outbound } from './outbound.ts';

/** ClearChargingProfile (OCPP 1.6 section 5.5). */
export const clearChargingProfile = outbound('ClearChargingProfile', 'ClearChargingProfile', {
  toCall(command, checked) {
    const { chargingProfileId, evseId, purpose, stackLevel } = command;
    return checked(
      {
        id: chargingProfileId,
        connectorId: evseId,
        chargingProfilePurpose: purpose && toWirePurpose(purpose),
        stackLevel,
      },
      connectorOrStation(evseId),
    );
  },
  mirror: {
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
  },
});
