import { callsOf } from '../../overview/overview.ts';
import type { Detector } from '../detector.ts';

export const chargerAnswersErrors = callErrors('charger-answers-errors', 'out');
export const callsRefused = callErrors('calls-refused', 'in');

/** Looks for CALLERRORs to the CALLs of one side. */
function callErrors(kind: Detector['kind'], direction: 'in' | 'out'): Detector {
  return {
    kind,
    *find(overview) {
      for (const { call, answer } of callsOf(overview, direction))
        if (answer?.message.kind === 'call_error')
          yield {
            at: answer.message.at,
            frames: [call, answer],
            detail: `${call.message.action} was answered ${answer.message.errorCode || 'with an error without a code'}`,
          };
    },
  };
}
