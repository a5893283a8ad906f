import { callsOf } from '../../overview/overview.ts';
import type { Detector } from '../detector.ts';
import { isRefused, tokenStatus } from './tokens.ts';

/** The CALLs whose answers say whether an id token may charge. That of a stop says nothing about it. */
const ASKING = ['Authorize', 'StartTransaction', 'TransactionEvent'];

export const failedAuthorization: Detector = {
  kind: 'failed-authorization',
  *find(overview) {
    for (const exchange of callsOf(overview, 'in', ...ASKING)) {
      if (!isRefused(exchange)) continue;
      const { call, answer } = exchange;
      const detail = `${call.message.action} was answered ${tokenStatus(exchange) ?? ''}`;
      yield { at: call.message.at, frames: [call, answer], detail };
    }
  },
};
