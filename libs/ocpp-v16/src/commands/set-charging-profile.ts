import { demand } from '@ocpp-gw/ocpp-j';
import { fromWire, profileFaults, toWire } from './charging-profile.ts';
import { connectorOrStation } from './connector.ts';
import { outbound } from './outbound.ts';

/** SetChargingProfile (OCPP 1.6 section 5.16). The purpose says where a profile may be (section 3.13.1). */
export const setChargingProfile = outbound('SetChargingProfile', 'SetChargingProfile', {
  toCall({ evseId, chargingProfile }, checked) {
    const { purpose } = chargingProfile;
    return checked({ connectorId: evseId, csChargingProfiles: toWire(chargingProfile) }, [
      ...connectorOrStation(evseId),
      ...demand(purpose !== 'TxProfile' || evseId !== 0, '/connectorId', 'must be 1 or more for a TxProfile'),
      ...demand(
        purpose !== 'ChargingStationMaxProfile' || evseId === 0,
        '/connectorId',
        'must be 0 for a ChargePointMaxProfile',
      ),
      ...profileFaults(chargingProfile, '/csChargingProfiles'),
    ]);
  },
  mirror: {
    answered: ({ connectorId, csChargingProfiles }, { status }) =>
      status === 'Accepted'
        ? [{ kind: 'chargingProfileSet', evseId: connectorId, profile: fromWire(csChargingProfiles) }]
        : [],
  },
});
