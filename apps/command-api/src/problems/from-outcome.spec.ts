import { describe, expect, it } from '@jest/globals';
import type { CommandOutcome } from '@ocpp-gw/contracts';
import { resultOrProblem } from './from-outcome.ts';
import { ProblemError } from './problem-error.ts';
import { problemDefinition } from './registry.ts';

const action = 'Reset';

function problem(outcome: CommandOutcome): ProblemError {
  const ended = resultOrProblem(outcome, 'call');
  if (ended instanceof ProblemError) return ended;
  throw new Error('a result');
}

describe('resultOrProblem', () => {
  it('hands the answer of the charger on, Rejected as well', () => {
    const rejected: CommandOutcome = { kind: 'result', action, payload: { status: 'Rejected' }, status: 'Rejected' };
    expect(resultOrProblem(rejected, 'reset')).toBe(rejected);
  });

  it.each<[CommandOutcome, number, string]>([
    [{ kind: 'callerror', action, code: 'NotSupported', description: 'no', details: {} }, 502, 'call-error'],
    [{ kind: 'invalidResult', action, reason: 'no status', payload: {} }, 502, 'invalid-answer'],
    [{ kind: 'timeout', action }, 504, 'answer-timeout'],
    [{ kind: 'disconnected', action, sent: true }, 502, 'charge-point-disconnected'],
    [{ kind: 'disconnected', action, sent: false }, 409, 'charge-point-offline'],
    [{ kind: 'expired' }, 504, 'command-expired'],
    [{ kind: 'cancelled' }, 499, 'command-cancelled'],
    [{ kind: 'offline' }, 409, 'charge-point-offline'],
    [{ kind: 'moved' }, 409, 'charge-point-moved'],
    [{ kind: 'notSupported', protocol: 'ocpp1.6', reason: 'no such call' }, 409, 'not-supported'],
    [
      { kind: 'invalidPayload', action: 'Reset', errors: [{ path: '/type', message: 'must be string' }] },
      422,
      'invalid-payload',
    ],
    [{ kind: 'refused', code: 'not_accepted', reason: 'pending' }, 409, 'charge-point-not-accepted'],
    [{ kind: 'refused', code: 'queue_full', reason: 'full' }, 503, 'not-taken'],
    [{ kind: 'refused', code: 'draining', reason: 'going' }, 503, 'not-taken'],
    [{ kind: 'refused', code: 'unsupported_version', reason: 'old' }, 503, 'not-taken'],
    [{ kind: 'timeout', action, silent: true }, 504, 'charge-point-silent'],
    [{ kind: 'expired', silent: true }, 504, 'charge-point-silent'],
    [{ kind: 'refused', code: 'internal', reason: 'bug' }, 503, 'not-taken'],
    [{ kind: 'refused', code: 'failed', reason: 'bug' }, 500, 'internal-error'],
  ])('turns %j into %i %s', (outcome, status, kind) => {
    const { kind: found } = problem(outcome);
    expect(found).toBe(kind);
    expect(problemDefinition(found).status).toBe(status);
  });

  it("F32 shows the charger's own word for a CALLERROR, what it means, description and details", () => {
    const details = { relay: 3 };
    const said = { action, code: 'FormationViolation', description: 'stuck', details };
    const ended = problem({ kind: 'callerror', ...said, standardCode: 'FormatViolation' });
    expect(ended.detail).toBe('The charge point answered Reset with FormationViolation: stuck.');
    expect(ended.members).toEqual({ call_error: { ...said, standard_code: 'FormatViolation' } });
    // An owner of an earlier build tells one word only.
    expect(problem({ kind: 'callerror', ...said }).members['call_error']).toMatchObject({
      standard_code: 'FormationViolation',
    });
  });

  it('F34 says that the charger has sent nothing yet, and whether the call was sent all the same', () => {
    const held = problem({ kind: 'expired', silent: true });
    expect([held.detail, held.members]).toEqual([expect.stringMatching(/^Nothing was sent/), { sent: false }]);
    const asked = problem({ kind: 'timeout', action, silent: true });
    expect([asked.detail, asked.members]).toEqual([
      expect.stringMatching(/may still be carried out/),
      { sent: true, action },
    ]);
  });

  it('points at each wrong field of a payload', () => {
    const errors = [{ path: '/connectorId', message: 'must be integer' }];
    expect(problem({ kind: 'invalidPayload', action: 'Reset', errors }).errors).toEqual([
      { pointer: '/connectorId', message: 'must be integer' },
    ]);
  });

  it('says in whole sentences why the owner would not take it', () => {
    expect(problem({ kind: 'refused', code: 'queue_full', reason: '10 calls wait' }).detail).toBe(
      '10 calls wait. Nothing was sent.',
    );
  });
});
