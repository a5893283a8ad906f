import { type ActionHandler, formatTime } from '@ocpp-gw/ocpp-j';
import type { HeartbeatRequest, HeartbeatResponse } from '#generated/messages.d.ts';

/**
 * Heartbeat, charging station to CSMS (OCPP 2.0.1 G02).
 * The answer gives the time. Nothing is recorded, because the edge sees from any frame that the station is alive.
 */
export const heartbeat: ActionHandler<HeartbeatRequest, HeartbeatResponse, never> = {
  lookups: () => ({}),
  decide: (_request, { now }) => ({ reply: { currentTime: formatTime(now) }, before: [] }),
};
