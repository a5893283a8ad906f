import { type ActionHandler, formatTime } from '@ocpp-gw/ocpp-j';
import type { HeartbeatRequest, HeartbeatResponse } from '#generated/messages.d.ts';

/**
 * Heartbeat, charging station to CSMS (OCPP 2.0.1 G02).
 * Gives the time. That the station lives, the edge sees from any frame; nothing is recorded.
 */
export const heartbeat: ActionHandler<HeartbeatRequest, HeartbeatResponse, never> = {
  lookups: () => ({}),
  decide: (_request, { now }) => ({ reply: { currentTime: formatTime(now) }, before: [] }),
};
