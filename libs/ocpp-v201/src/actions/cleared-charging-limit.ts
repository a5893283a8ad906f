import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { ClearedChargingLimitRequest, ClearedChargingLimitResponse } from '#generated/messages.d.ts';

/**
 * ClearedChargingLimit, charging station to CSMS (OCPP 2.0.1 K13).
 * An external system has lifted its limit of charging. It carries no time.
 */
export const clearedChargingLimit: ActionHandler<ClearedChargingLimitRequest, ClearedChargingLimitResponse, never> = {
  lookups: () => ({}),
  decide: ({ evseId = 0, chargingLimitSource }, { now }) => ({
    reply: {},
    before: [{ kind: 'chargingLimit', evseId, source: chargingLimitSource, cleared: true, time: { at: now } }],
  }),
};
