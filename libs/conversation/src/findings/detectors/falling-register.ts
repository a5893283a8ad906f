import type { Overview } from '../../overview/overview.ts';
import type { Detector } from '../detector.ts';
import { contradictionsIn } from './contradictions.ts';
import { seriesOf } from './register-series.ts';
import { sessionsMarked } from './sessions.ts';

export const fallingRegister: Detector = {
  kind: 'falling-register',
  *find(overview: Overview) {
    const found = new Set<string>();
    for (const transaction of overview.transactions)
      for (const points of seriesOf(transaction))
        for (const { before, after, fell } of contradictionsIn(points)) {
          if (!fell) continue;
          found.add(transaction.id);
          const detail = `session ${transaction.id}: ${after.reading[1]} Wh after ${before.reading[1]} Wh`;
          yield { at: after.frame.message.at, frames: [before.frame, after.frame], detail };
        }
    yield* sessionsMarked(overview, ({ transactionId, quality }) =>
      quality?.includes('register_reset') && !found.has(transactionId)
        ? `session ${transactionId} is marked register_reset`
        : undefined,
    );
  },
};
