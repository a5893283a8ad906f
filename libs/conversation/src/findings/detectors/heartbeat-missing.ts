import type { Overview } from '../../overview/overview.ts';
import type { Frame } from '../../overview/exchanges.ts';
import { type Detector, duration } from '../detector.ts';

export const heartbeatMissing: Detector = {
  kind: 'heartbeat-missing',
  *find(overview, { silentIntervals, silentIntervalsAfterBoot }) {
    const { heartbeats } = overview;
    for (const { frame, next, until } of silencesOf(overview)) {
      const { at, kind, action } = frame.message;
      const interval = heartbeats.at(frame.index);
      if (interval === undefined) continue;
      const isBoot = kind === 'call' && action === 'BootNotification';
      const silentMs = until.getTime() - at.getTime();
      if (silentMs <= interval * 1000 * (isBoot ? silentIntervalsAfterBoot : silentIntervals)) continue;
      const detail = `silent for ${duration(silentMs)}; a heartbeat is due every ${duration(interval * 1000)}`;
      yield { at, until, frames: [frame, next], detail };
    }
  },
};

/** A frame from the charge point, and when the next sign of life came while it was connected. */
interface Silence {
  frame: Frame;
  next?: Frame;
  until: Date;
}

function* silencesOf({ frames, connections, conversation }: Overview): Generator<Silence> {
  const received = frames.filter(({ message }) => message.direction === 'in');
  for (const [i, frame] of received.entries()) {
    const next = received[i + 1];
    if (next && next.message.connectionId === frame.message.connectionId) yield { frame, next, until: next.message.at };
  }
  // After the last frame only an open connection shows that something is missing.
  const [last, connection] = [received.at(-1), connections.at(-1)];
  if (!conversation.now || !conversation.connections || !last || connection?.endedAt) return;
  if (last.message.connectionId === connection?.connectionId) yield { frame: last, until: conversation.now };
}
