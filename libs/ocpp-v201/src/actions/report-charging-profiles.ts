import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { ReportChargingProfilesRequest, ReportChargingProfilesResponse } from '#generated/messages.d.ts';
import { profileOf } from './charging-profile.ts';
import { reportPart } from './report-part.ts';

/**
 * ReportChargingProfiles, charging station to CSMS (OCPP 2.0.1 K09).
 * One part of the profiles that GetChargingProfiles asked for, of one EVSE and one source. Parts are not numbered and carry
 * no time.
 */
export const reportChargingProfiles: ActionHandler<
  ReportChargingProfilesRequest,
  ReportChargingProfilesResponse,
  never
> = {
  lookups: () => ({}),
  decide(request, { now }) {
    const { evseId, chargingLimitSource, chargingProfile: profiles } = request;
    // The EVSE and the source of a profile are in the message, not in the profile.
    const items = profiles.map((chargingProfile) => ({ evseId, chargingLimitSource, chargingProfile }));
    return {
      reply: {},
      before: [
        {
          kind: 'chargingProfilesReported',
          evseId,
          source: chargingLimitSource,
          profiles: profiles.map(profileOf),
        },
        reportPart('ChargingProfiles', request, items, { at: now }),
      ],
    };
  },
};
