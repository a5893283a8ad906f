import type { Detector } from '../detector.ts';

export const handshakesRefused: Detector = {
  kind: 'handshakes-refused',
  *find({ conversation: { handshakesRefused: refused = [] } }) {
    for (const { at, reason } of refused) yield { at, frames: [], detail: `refused for ${reason}` };
  },
};
