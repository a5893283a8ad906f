import { payloadOf, textAt } from '../../frame.ts';
import { callsOf } from '../../overview/overview.ts';
import type { Detector } from '../detector.ts';

export const registrationNotAccepted: Detector = {
  kind: 'registration-not-accepted',
  *find(overview) {
    const boots = callsOf(overview, 'in', 'BootNotification').flatMap(({ call, answer }) => {
      const status = answer?.message.kind === 'call_result' ? textAt(payloadOf(answer.message), 'status') : undefined;
      return status === undefined ? [] : [{ call, answer, status }];
    });
    const accepted = boots.findLastIndex(({ status }) => status === 'Accepted');
    for (const { call, answer, status } of boots.slice(accepted + 1))
      yield { at: call.message.at, frames: [call, answer], detail: `the boot was answered ${status}` };
  },
};
