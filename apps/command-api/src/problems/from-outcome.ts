import type { CommandOutcome } from '@ocpp-gw/contracts';
import { callerFaults } from './caller-pointer.ts';
import { ProblemError } from './problem-error.ts';

export type ResultOutcome = Extract<CommandOutcome, { kind: 'result' }>;

/**
 * Converts the outcome of a command into the answer of the charge point, or into a problem when there is no answer. `command` is
 * its name as in its route, or `call`.
 */
export function resultOrProblem(outcome: CommandOutcome, command: string): ResultOutcome | ProblemError {
  switch (outcome.kind) {
    case 'result':
      return outcome;
    case 'callerror': {
      const { action, code, standardCode = code, description, details } = outcome;
      return new ProblemError('call-error', {
        detail: `The charge point answered ${action} with ${code}${description ? `: ${description}` : ''}.`,
        members: { call_error: { action, code, standard_code: standardCode, description, details } },
      });
    }
    case 'invalidResult':
      return new ProblemError('invalid-answer', {
        members: { action: outcome.action, reason: outcome.reason, payload: outcome.payload },
      });
    case 'timeout':
      if (outcome.silent)
        return new ProblemError('charge-point-silent', {
          detail:
            'The charge point is connected but has sent nothing, neither before nor after the call was sent to it. ' +
            'The call may still be carried out. Check the charge point and its connection before repeating it.',
          members: { sent: true, action: outcome.action },
        });
      return new ProblemError('answer-timeout', { members: { action: outcome.action } });
    case 'disconnected':
      // A command that never left the gateway is safe to send again, as if the charge point had been offline.
      return outcome.sent
        ? new ProblemError('charge-point-disconnected', { members: { action: outcome.action } })
        : new ProblemError('charge-point-offline', {
            detail:
              'The charge point disconnected while the command waited for its turn. Nothing was sent. ' +
              'Send the command again once the charge point is connected.',
          });
    case 'expired':
      return outcome.silent
        ? new ProblemError('charge-point-silent', { members: { sent: false } })
        : new ProblemError('command-expired');
    case 'cancelled':
      return new ProblemError('command-cancelled');
    case 'offline':
      return new ProblemError('charge-point-offline');
    case 'moved':
      return new ProblemError('charge-point-moved');
    case 'notSupported':
      return new ProblemError('not-supported', {
        detail: `${sentence(outcome.reason)} Nothing was sent.`,
        members: { protocol: outcome.protocol },
      });
    case 'invalidPayload':
      return new ProblemError('invalid-payload', {
        detail: `Correct the fields named in errors: ${outcome.action} of this charge point cannot carry them. Nothing was sent to it.`,
        members: { action: outcome.action },
        errors: callerFaults(command, outcome.action, outcome.errors),
      });
    case 'refused':
      if (outcome.code === 'failed')
        return new ProblemError('internal-error', {
          detail:
            `${sentence(outcome.reason)} The call may have been sent and carried out: check the state of the charge point ` +
            'before repeating it. This is a fault of the gateway: report it with the request_id.',
          members: { code: outcome.code },
        });
      return new ProblemError(outcome.code === 'not_accepted' ? 'charge-point-not-accepted' : 'not-taken', {
        detail: `${sentence(outcome.reason)} Nothing was sent.`,
        members: { code: outcome.code },
      });
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
