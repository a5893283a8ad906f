import type { Detector } from '../detector.ts';
import { unansweredCalls } from './waiting.ts';

export const silentCsms: Detector = {
  kind: 'silent-csms',
  *find(overview, settings) {
    for (const { call } of unansweredCalls(overview, 'in', settings))
      yield { at: call.message.at, frames: [call], detail: `${call.message.action} was not answered` };
  },
};
