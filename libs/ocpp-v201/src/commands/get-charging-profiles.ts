import type { GetChargingProfiles } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { evseOrStation } from './evse.ts';
import type { MirrorOf } from './mirror.ts';
import { reportRequested } from './report-requested.ts';

/** GetChargingProfiles (OCPP 2.0.1 K09). */
export function getChargingProfiles(command: GetChargingProfiles): Translation {
  const { ocppRequestId, evseId, purpose, stackLevel, chargingProfileIds, chargingLimitSources } = command;
  return checked(
    'GetChargingProfiles',
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
}

export const getChargingProfilesMirror = {
  answered: ({ requestId }, answer) => reportRequested('ChargingProfiles', requestId, answer),
} satisfies MirrorOf<'GetChargingProfiles'>;
