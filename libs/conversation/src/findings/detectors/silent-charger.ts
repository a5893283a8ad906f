import type { Detector } from '../detector.ts';
import { unansweredCalls } from './waiting.ts';

export const silentCharger: Detector = {
  kind: 'silent-charger',
  *find(overview, settings) {
    for (const { call } of unansweredCalls(overview, 'out', settings))
      yield { at: call.message.at, frames: [call], detail: `no answer to ${call.message.action}` };
  },
};
