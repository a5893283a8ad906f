import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse } from '#generated/messages.d.ts';

/**
 * NotifyEVChargingNeeds, charging station to CSMS (OCPP 2.0.1 K15, K16).
 * The needs of a vehicle, at the start or changed later. If the backend makes a profile of them, it is sent after the answer.
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
