import type { StoredProfile } from '../profile-store.ts';
import { message, type Request } from './messages.ts';
import type { Answers } from './station.ts';

/** What an EVSE can do without a profile, A per phase. */
const INSTALLATION_LIMIT_A = 16;

type Profile = Request<'SetChargingProfile'>['chargingProfile'];
type Selection = Request<'GetChargingProfiles'>['chargingProfile'];

function selects({ chargingProfileId, chargingProfilePurpose, stackLevel, chargingLimitSource }: Selection) {
  return (profile: StoredProfile<Profile>): boolean =>
    (!chargingProfileId || chargingProfileId.includes(profile.id)) &&
    (!chargingProfilePurpose || chargingProfilePurpose === profile.purpose) &&
    (stackLevel === undefined || stackLevel === profile.stackLevel) &&
    // All profiles here came from the CSMS.
    (!chargingLimitSource || chargingLimitSource.includes('CSO'));
}

/** Smart charging (OCPP 2.0.1 K). */
export const smartCharging = {
  ClearChargingProfile: ({ profiles }, { chargingProfileId, chargingProfileCriteria }) => {
    const { evseId, chargingProfilePurpose, stackLevel } = chargingProfileCriteria ?? {};
    const criteria =
      chargingProfileId === undefined
        ? { evseId, purpose: chargingProfilePurpose, stackLevel }
        : { id: chargingProfileId };
    return { payload: { status: profiles.clear(criteria) > 0 ? 'Accepted' : 'Unknown' } };
  },

  GetChargingProfiles: ({ charger, profiles }, { requestId, evseId, chargingProfile }) => {
    const found = profiles.find({ evseId }).filter(selects(chargingProfile));
    if (found.length === 0) return { payload: { status: 'NoProfiles' } };
    return {
      payload: { status: 'Accepted' },
      after: async () => {
        // K09: one report per EVSE and source; here one per profile.
        for (const [index, stored] of found.entries()) {
          const tbc = index < found.length - 1;
          await charger.notify(
            message('ReportChargingProfiles', {
              requestId,
              chargingLimitSource: 'CSO',
              evseId: stored.evseId,
              chargingProfile: [stored.profile],
              tbc,
            }),
          );
        }
      },
    };
  },

  GetCompositeSchedule: ({ charger, profiles }, { duration, chargingRateUnit = 'A', evseId }) => {
    if (evseId > charger.connectors.length || evseId < 0) return { payload: { status: 'Rejected' } };
    const ruling = profiles.ruling(evseId)?.profile.chargingSchedule[0];
    const limit = chargingRateUnit === 'A' ? INSTALLATION_LIMIT_A : charger.settings.powerW;
    return {
      payload: {
        status: 'Accepted',
        schedule: {
          evseId,
          duration,
          scheduleStart: charger.clock().toISOString(),
          chargingRateUnit,
          chargingSchedulePeriod:
            ruling?.chargingRateUnit === chargingRateUnit ? ruling.chargingSchedulePeriod : [{ startPeriod: 0, limit }],
        },
      },
    };
  },

  SetChargingProfile: ({ charger, profiles }, { evseId, chargingProfile: profile }) => {
    const connector = charger.connectors.find(({ number }) => number === evseId);
    if (!connector && evseId !== 0) return { payload: { status: 'Rejected' } };
    // K01.FR.09: a TxProfile needs a transaction in progress on that EVSE.
    if (profile.chargingProfilePurpose === 'TxProfile' && !connector?.session)
      return { payload: { status: 'Rejected' } };
    profiles.set({
      id: profile.id,
      evseId,
      purpose: profile.chargingProfilePurpose,
      stackLevel: profile.stackLevel,
      profile,
    });
    return { payload: { status: 'Accepted' } };
  },
} satisfies Partial<Answers>;
