import type { Frame } from '../../overview/exchanges.ts';
import { type Detector, type Occurrence, duration } from '../detector.ts';

/** How far a pause may be off, as a part of the interval. */
const TOLERANCE = 0.5;

export const heartbeatOffInterval: Detector = {
  kind: 'heartbeat-off-interval',
  *find({ frames, heartbeats }, { hastyHeartbeats }) {
    const hasty: Occurrence[] = [];
    let [heartbeat, sign]: (Frame | undefined)[] = [];
    for (const frame of frames) {
      const { direction, kind, action, at, connectionId } = frame.message;
      if (direction !== 'in') continue;
      const isHeartbeat = kind === 'call' && action === 'Heartbeat';
      const interval = heartbeats.at(frame.index);
      if (isHeartbeat && heartbeat && sign && heartbeat.message.connectionId === connectionId && interval) {
        const pauseMs = at.getTime() - heartbeat.message.at.getTime();
        const silentMs = at.getTime() - sign.message.at.getTime();
        const detail = `${duration(pauseMs)} between heartbeats; agreed are ${duration(interval * 1000)}`;
        const occurrence = { at: heartbeat.message.at, until: at, frames: [heartbeat, frame], detail };
        // Any other message may stand for a heartbeat.
        if (silentMs > interval * 1000 * (1 + TOLERANCE)) yield occurrence;
        if (pauseMs < interval * 1000 * TOLERANCE) hasty.push(occurrence);
      }
      if (isHeartbeat) heartbeat = frame;
      sign = frame;
    }
    if (hasty.length >= hastyHeartbeats) yield* hasty;
  },
};
