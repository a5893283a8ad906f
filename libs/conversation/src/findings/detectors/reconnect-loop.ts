import type { SeenConnection } from '../../overview/connections.ts';
import { type Detector, duration } from '../detector.ts';
import { burstsOf } from './bursts.ts';

export const reconnectLoop: Detector = {
  kind: 'reconnect-loop',
  *find({ connections }, { reconnects, reconnectsWithinS }) {
    const at = ({ openedAt }: SeenConnection) => openedAt;
    for (const burst of burstsOf(connections, { at, many: reconnects, withinS: reconnectsWithinS })) {
      const [from, to] = [(burst[0] as SeenConnection).openedAt, (burst.at(-1) as SeenConnection).openedAt];
      const reasons = [...new Set(burst.flatMap(({ reason }) => reason || []))].toSorted();
      const ended = reasons.length === 0 ? '' : `; they ended by ${reasons.join(', ')}`;
      yield {
        at: from,
        until: to,
        frames: burst.map(({ first }) => first),
        detail: `${burst.length} connections within ${duration(to.getTime() - from.getTime())}${ended}`,
        count: burst.length,
      };
    }
  },
};
