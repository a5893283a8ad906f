import type { Answers } from './station.ts';

/** What the connector can do without a profile, A per phase. */
const INSTALLATION_LIMIT_A = 16;

/** Smart charging (OCPP 1.6 5.5, 5.8, 5.16). */
export const smartCharging = {
  ClearChargingProfile: ({ profiles }, { id, connectorId, chargingProfilePurpose, stackLevel }) => {
    // 5.5: an id alone names the profile; else what is given must match.
    const criteria = id === undefined ? { evseId: connectorId, purpose: chargingProfilePurpose, stackLevel } : { id };
    return { payload: { status: profiles.clear(criteria) > 0 ? 'Accepted' : 'Unknown' } };
  },

  GetCompositeSchedule: ({ charger, profiles }, { connectorId, duration, chargingRateUnit = 'A' }) => {
    if (connectorId > charger.connectors.length || connectorId < 0) return { payload: { status: 'Rejected' } };
    const ruling = profiles.ruling(connectorId)?.profile.chargingSchedule;
    const own = [{ startPeriod: 0, limit: chargingRateUnit === 'A' ? INSTALLATION_LIMIT_A : charger.settings.powerW }];
    return {
      payload: {
        status: 'Accepted',
        connectorId,
        scheduleStart: charger.clock().toISOString(),
        chargingSchedule:
          ruling?.chargingRateUnit === chargingRateUnit
            ? { ...ruling, duration }
            : { duration, chargingRateUnit, chargingSchedulePeriod: own },
      },
    };
  },

  SetChargingProfile: ({ charger, profiles }, { connectorId, csChargingProfiles: profile }) => {
    const connector = charger.connectors.find(({ number }) => number === connectorId);
    if (!connector && connectorId !== 0) return { payload: { status: 'Rejected' } };
    // 5.16.2: a TxProfile needs a transaction in progress on that connector.
    if (profile.chargingProfilePurpose === 'TxProfile' && !connector?.session)
      return { payload: { status: 'Rejected' } };
    profiles.set({
      id: profile.chargingProfileId,
      evseId: connectorId,
      purpose: profile.chargingProfilePurpose,
      stackLevel: profile.stackLevel,
      profile,
    });
    return { payload: { status: 'Accepted' } };
  },
} satisfies Partial<Answers>;
