import { describe, expect, it } from '@jest/globals';
import { registrationObjection } from './registration-gate.ts';

describe('registrationObjection', () => {
  it.each([
    ['Accepted', 'strict', 'RemoteStartTransaction', true],
    ['Pending', 'strict', 'RemoteStartTransaction', false],
    ['Pending', 'strict', 'RemoteStopTransaction', false],
    ['Pending', 'lenient', 'RequestStartTransaction', false],
    ['Pending', 'lenient', 'RequestStopTransaction', false],
    ['Pending', 'strict', 'GetVariables', true],
    ['Pending', 'strict', 'ChangeConfiguration', true],
    ['Pending', 'strict', 'TriggerMessage', true],
    ['Rejected', 'lenient', 'TriggerMessage', false],
    ['Rejected', 'lenient', 'Reset', false],
    [null, 'lenient', 'RemoteStartTransaction', true],
    [null, 'strict', 'RemoteStartTransaction', false],
  ] as const)(
    'of a station that is %s and %s to %s: allowed is %s (notes 2.9)',
    (registration, tolerance, action, allowed) => {
      expect(registrationObjection(registration, tolerance, action) === null).toBe(allowed);
    },
  );
});
