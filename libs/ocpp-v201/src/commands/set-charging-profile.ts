import { demand } from '@ocpp-gw/ocpp-j';
import { fromWire, profileFaults, toWire } from './charging-profile.ts';
import { evseOrStation } from './evse.ts';
import { outbound } from './outbound.ts';

/** SetChargingProfile (OCPP 2.0.1 K01). The purpose says where a profile may be. */
export const setChargingProfile = outbound('SetChargingProfile', 'SetChargingProfile', {
  toCall({ evseId, chargingProfile }, checked) {
    const { purpose, transactionId } = chargingProfile;
    return checked({ evseId, chargingProfile: toWire(chargingProfile) }, [
      ...evseOrStation(evseId),
      // K01.FR.16, K01.FR.03.
      ...demand(purpose !== 'TxProfile' || evseId !== 0, '/evseId', 'must be 1 or more for a TxProfile'),
      ...demand(
        purpose !== 'TxProfile' || transactionId !== undefined,
        '/chargingProfile/transactionId',
        'is required for a TxProfile',
      ),
      ...demand(
        purpose !== 'ChargingStationMaxProfile' || evseId === 0,
        '/evseId',
        'must be 0 for a ChargingStationMaxProfile',
      ),
      ...profileFaults(chargingProfile, '/chargingProfile'),
    ]);
  },
  mirror: {
    answered: ({ evseId, chargingProfile }, { status }) =>
      status === 'Accepted' ? [{ kind: 'chargingProfileSet', evseId, profile: fromWire(chargingProfile) }] : [],
  },
});
