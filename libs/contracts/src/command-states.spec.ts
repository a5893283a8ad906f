import { describe, expect, it } from '@jest/globals';
import type { CommandOutcome } from './command-bus.ts';
import { COMMAND_STATES, endStateOf, storedEnd, type EndState } from './command-states.ts';

const action = 'Reset';
const result = (status?: string): CommandOutcome => ({
  kind: 'result',
  action,
  payload: {},
  ...(status === undefined ? {} : { status }),
});

const ENDS: [CommandOutcome, EndState][] = [
  [result(), 'accepted'],
  [result('Accepted'), 'accepted'],
  [result('Scheduled'), 'accepted'],
  [result('RebootRequired'), 'accepted'],
  [result('Unlocked'), 'accepted'],
  [result('Rejected'), 'rejected'],
  [result('Occupied'), 'rejected'],
  [result('VersionMismatch'), 'rejected'],
  [{ kind: 'callerror', action, code: 'X', description: '', details: {} }, 'callerror'],
  [{ kind: 'invalidResult', action, reason: '', payload: null }, 'invalid_answer'],
  [{ kind: 'timeout', action }, 'timeout'],
  [{ kind: 'disconnected', action, sent: true }, 'disconnected'],
  [{ kind: 'offline' }, 'disconnected'],
  [{ kind: 'expired' }, 'expired'],
  [{ kind: 'cancelled' }, 'cancelled'],
  [{ kind: 'moved' }, 'refused'],
  [{ kind: 'notSupported', protocol: 'ocpp1.6', reason: '' }, 'refused'],
  [{ kind: 'invalidPayload', action, errors: [] }, 'refused'],
  [{ kind: 'refused', code: 'queue_full', reason: '' }, 'refused'],
];

describe('the state in which a command ends', () => {
  it.each(ENDS)('with %j is %s', (outcome, state) => {
    expect(endStateOf(outcome)).toBe(state);
  });

  it('has an outcome for each', () => {
    const ends = new Set<string>(ENDS.map(([, state]) => state));
    expect(COMMAND_STATES.filter((state) => !ends.has(state))).toEqual(['queued', 'sent']);
  });
});

describe('the end of a command', () => {
  it('is stored without the secrets of the answer', () => {
    const payload = { configurationKey: [{ key: 'AuthorizationKey', value: 'secret' }] };
    expect(storedEnd({ kind: 'result', action: 'GetConfiguration', payload })).toEqual({
      state: 'accepted',
      outcome: {
        kind: 'result',
        action: 'GetConfiguration',
        payload: { configurationKey: [{ key: 'AuthorizationKey', value: '[redacted]' }] },
      },
    });
  });
});
