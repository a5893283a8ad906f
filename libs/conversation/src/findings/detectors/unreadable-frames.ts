import { frameOf } from '../../frame.ts';
import type { Detector } from '../detector.ts';

export const unreadableFrames: Detector = {
  kind: 'unreadable-frames',
  *find({ frames }) {
    for (const each of frames) {
      const { direction, kind, at } = each.message;
      if (direction !== 'in' || kind !== 'unreadable') continue;
      const frame = frameOf(each.message);
      const detail = 'reason' in frame ? frame.reason : 'the frame is no OCPP message';
      // An empty frame keeps the connection alive.
      if (frame.kind !== 'ignored') yield { at, frames: [each], detail };
    }
  },
};
