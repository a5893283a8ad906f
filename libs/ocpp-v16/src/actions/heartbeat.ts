import { type ActionHandler, formatTime } from '@ocpp-gw/ocpp-j';
import type { HeartbeatRequest, HeartbeatResponse } from '#generated/messages.d.ts';

/**
 * Heartbeat, charge point to central system (OCPP 1.6 section 4.6).
 * Gives the time. That the charge point lives, the edge sees from any frame; nothing is recorded.
 */
export const heartbeat: ActionHandler<HeartbeatRequest, HeartbeatResponse, never> = {
  lookups: () => ({}),
  decide: (_request, { now }) => ({ reply: { currentTime: formatTime(now) }, before: [] }),
};
