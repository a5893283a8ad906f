import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse } from '#generated/messages.d.ts';

/**
 * NotifyEVChargingNeeds, charging station to CSMS (OCPP 2.0.1 K15, K16).
 * What a vehicle wants, at the start or anew. The profile made of it, if there is one, follows the answer.
 */
export const notifyEvChargingNeeds: ActionHandler<
  NotifyEVChargingNeedsRequest,
  NotifyEVChargingNeedsResponse,
  'chargingNeeds'
> = {
  lookups: ({ evseId, chargingNeeds, maxScheduleTuples }) => ({
    chargingNeeds: { evseId, needs: { ...chargingNeeds }, maxScheduleTuples },
  }),
  decide({ evseId, chargingNeeds, maxScheduleTuples }, facts) {
    const { status, profile } = answered(facts.chargingNeeds, 'chargingNeeds');
    return {
      reply: { status },
      before: [
        {
          kind: 'evChargingNeeds',
          evseId,
          needs: { ...chargingNeeds },
          maxScheduleTuples,
          status,
          time: { at: facts.now },
        },
      ],
      after: profile && [{ kind: 'SetChargingProfile', evseId, chargingProfile: profile }],
    };
  },
};
