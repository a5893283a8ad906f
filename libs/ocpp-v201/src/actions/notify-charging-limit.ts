import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { NotifyChargingLimitRequest, NotifyChargingLimitResponse } from '#generated/messages.d.ts';
import { scheduleOf } from './charging-profile.ts';

/**
 * NotifyChargingLimit, charging station to CSMS (OCPP 2.0.1 K12).
 * An external system limits the charging of one EVSE or of the whole station. It carries no time.
 */
export const notifyChargingLimit: ActionHandler<NotifyChargingLimitRequest, NotifyChargingLimitResponse, never> = {
  lookups: () => ({}),
  decide: ({ evseId = 0, chargingLimit, chargingSchedule }, { now }) => ({
    reply: {},
    before: [
      {
        kind: 'chargingLimit',
        evseId,
        source: chargingLimit.chargingLimitSource,
        cleared: false,
        gridCritical: chargingLimit.isGridCritical,
        schedules: chargingSchedule?.map(scheduleOf),
        time: { at: now },
      },
    ],
  }),
};
