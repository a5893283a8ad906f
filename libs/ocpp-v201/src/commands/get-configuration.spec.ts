import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { getConfiguration, readConfiguration } from './get-configuration.ts';

const heartbeat = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const password = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
const vendor = { component: { name: 'Vendor' }, variable: { name: 'Setting' } };
const asking = (...keys: string[]): CommandOf<'GetConfiguration'> => ({ kind: 'GetConfiguration', keys });

describe('GetVariables', () => {
  it('asks for what the keys became, and for variables by name (TC_B_07)', () => {
    expect(getConfiguration.toCall(asking('HeartbeatInterval', 'Vendor.Setting'))).toEqual({
      ok: true,
      action: 'GetVariables',
      payload: { getVariableData: [heartbeat, vendor] },
    });
  });

  it.each([[undefined], [[]]])('of the keys %j does not exist in 2.0.1', (keys) => {
    expect(getConfiguration.toCall({ kind: 'GetConfiguration', keys })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining('GetBaseReport'),
    });
  });

  it('names every key that became none, fifty at most', () => {
    const message = expect.stringContaining('Component.Variable');
    expect(getConfiguration.toCall(asking('HeartbeatInterval', 'BlinkRepeat', 'LightIntensity'))).toEqual({
      ok: false,
      kind: 'invalidPayload',
      action: 'GetVariables',
      errors: [
        { path: '/getVariableData/1/variable', message },
        { path: '/getVariableData/2/variable', message },
      ],
    });
    const many = getConfiguration.toCall(asking(...Array.from({ length: 60 }, () => 'BlinkRepeat')));
    expect(!many.ok && many.kind === 'invalidPayload' && many.errors).toHaveLength(50);
  });

  it('answers under the keys that were asked for, in any order and letter case', () => {
    const getVariableResult = [
      { ...vendor, attributeStatus: 'UnknownComponent' as const },
      { ...password, attributeStatus: 'Accepted' as const, attributeValue: 'correct horse 16' },
      {
        component: { name: 'ocppcommctrlr' },
        variable: { name: 'heartbeatinterval' },
        attributeType: 'Actual' as const,
        attributeStatus: 'Accepted' as const,
        attributeValue: '60',
      },
    ];
    const keys = asking('HeartbeatInterval', 'AuthorizationKey', 'Vendor.Setting', 'ResetRetries', 'BlinkRepeat');
    expect(readConfiguration(keys, { getVariableResult })).toEqual({
      configuration: [
        { key: 'HeartbeatInterval', readonly: false, value: '60' },
        // Reported by the firmware, and not passed on.
        { key: 'AuthorizationKey', readonly: false },
      ],
      unknownKeys: ['Vendor.Setting', 'ResetRetries', 'BlinkRepeat'],
    });
  });

  it('of a variable that is only written is there without a value', () => {
    const getVariableResult = [{ ...password, attributeStatus: 'Rejected' as const }];
    expect(readConfiguration(asking('AuthorizationKey'), { getVariableResult })).toEqual({
      configuration: [{ key: 'AuthorizationKey', readonly: false }],
      unknownKeys: [],
    });
  });
});
