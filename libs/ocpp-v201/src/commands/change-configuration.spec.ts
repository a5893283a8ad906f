import { describe, expect, it } from '@jest/globals';
import { changeConfiguration, changeStatus } from './change-configuration.ts';

const change = (key: string, value: string) => changeConfiguration.toCall({ kind: 'ChangeConfiguration', key, value });

describe('SetVariables', () => {
  it.each([
    ['MeterValueSampleInterval', { component: { name: 'SampledDataCtrlr' }, variable: { name: 'TxUpdatedInterval' } }],
    ['Vendor.Setting', { component: { name: 'Vendor' }, variable: { name: 'Setting' } }],
  ])('sets what the key %s became (TC_B_09)', (key, attribute) => {
    expect(change(key, '60')).toEqual({
      ok: true,
      action: 'SetVariables',
      payload: { setVariableData: [{ ...attribute, attributeValue: '60' }] },
    });
  });

  it('of a key that became none says so', () => {
    expect(change('LightIntensity', '50')).toEqual({
      ok: false,
      kind: 'invalidPayload',
      action: 'SetVariables',
      errors: [{ path: '/setVariableData/0/variable', message: expect.stringContaining('Component.Variable') }],
    });
  });

  it('refuses a password of 15 characters, and does not repeat it', () => {
    const translation = change('AuthorizationKey', 'hunter2hunter2!');
    expect(translation).toMatchObject({ errors: [{ path: '/setVariableData/0/attributeValue' }] });
    expect(JSON.stringify(translation)).not.toContain('hunter2');
  });

  it.each([
    ['Accepted', 'Accepted'],
    ['Rejected', 'Rejected'],
    ['RebootRequired', 'RebootRequired'],
    ['UnknownComponent', 'NotSupported'],
    ['UnknownVariable', 'NotSupported'],
    ['NotSupportedAttributeType', 'NotSupported'],
  ] as const)('answered %s is a key %s', (attributeStatus, status) => {
    const named = { component: { name: 'C' }, variable: { name: 'V' } };
    expect(changeStatus({ setVariableResult: [{ ...named, attributeStatus }] })).toBe(status);
  });
});
