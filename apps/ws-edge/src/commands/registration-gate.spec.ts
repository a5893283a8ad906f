import { describe, expect, it } from '@jest/globals';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { registrationObjection } from './registration-gate.ts';

describe('registrationObjection', () => {
  it.each([
    ['Accepted', 'strict', ocpp16, 'RemoteStartTransaction', true],
    ['Pending', 'strict', ocpp16, 'RemoteStartTransaction', false],
    ['Pending', 'strict', ocpp16, 'RemoteStopTransaction', false],
    ['Pending', 'lenient', ocpp201, 'RequestStartTransaction', false],
    ['Pending', 'lenient', ocpp201, 'RequestStopTransaction', false],
    ['Pending', 'strict', ocpp201, 'GetVariables', true],
    ['Pending', 'strict', ocpp16, 'ChangeConfiguration', true],
    ['Pending', 'strict', ocpp16, 'TriggerMessage', true],
    ['Rejected', 'lenient', ocpp16, 'TriggerMessage', false],
    ['Rejected', 'lenient', ocpp16, 'Reset', false],
    [null, 'lenient', ocpp16, 'RemoteStartTransaction', true],
    [null, 'strict', ocpp16, 'RemoteStartTransaction', false],
  ] as const)(
    'of a station that is $0 and $1 to $3: allowed is $4 (notes 2.9)',
    (registration, tolerance, protocol, action, allowed) => {
      expect(registrationObjection(protocol, registration, tolerance, action) === null).toBe(allowed);
    },
  );
});
