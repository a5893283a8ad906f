import { type ActionHandler, formatTime } from '@ocpp-gw/ocpp-j';
import type { HeartbeatRequest, HeartbeatResponse } from '#generated/messages.d.ts';

/**
 * Heartbeat, charge point to central system (OCPP 1.6 section 4.6).
 * The answer gives the time. Nothing is recorded, because the edge sees from any frame that the charge point is alive.
 */
export const heartbeat: ActionHandler<HeartbeatRequest, HeartbeatResponse, never> = {
  lookups: () => ({}),
  decide: (_request, { now }) => ({ reply: { currentTime: formatTime(now) }, before: [] }),
};
