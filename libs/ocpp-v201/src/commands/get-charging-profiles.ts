import { evseOrStation } from './evse.ts';
import { outbound } from './outbound.ts';
import { reportRequested } from './report-requested.ts';

/** GetChargingProfiles (OCPP 2.0.1 K09). */
export const getChargingProfiles = outbound('GetChargingProfiles', 'GetChargingProfiles', {
  toCall(command, checked) {
    const { ocppRequestId, evseId, purpose, stackLevel, chargingProfileIds, chargingLimitSources } = command;
    return checked(
      {
        requestId: ocppRequestId,
        evseId,
        chargingProfile: {
          chargingProfilePurpose: purpose,
          stackLevel,
          chargingProfileId: chargingProfileIds && [...chargingProfileIds],
          chargingLimitSource: chargingLimitSources && [...chargingLimitSources],
        },
      },
      evseOrStation(evseId),
    );
  },
  mirror: {
    answered: ({ requestId }, answer) => reportRequested('ChargingProfiles', requestId, answer),
  },
});
