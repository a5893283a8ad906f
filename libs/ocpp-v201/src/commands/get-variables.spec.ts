import { describe, expect, it } from '@jest/globals';
import { getVariables, readVariables } from './get-variables.ts';

const interval = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const connector = {
  component: { name: 'Connector', instance: 'left', evse: { id: 1, connectorId: 2 } },
  variable: { name: 'ConnectorType', instance: 'a' },
};
const password = { component: { name: 'securityctrlr' }, variable: { name: 'basicauthpassword' } };
const request = { getVariableData: [interval] };

describe('GetVariables', () => {
  it('sends what is asked for (TC_B_06, TC_B_07)', () => {
    const variables = [interval, { ...connector, attributeType: 'MaxSet' as const }];
    expect(getVariables.toCall({ kind: 'GetVariables', variables })).toEqual({
      ok: true,
      action: 'GetVariables',
      payload: { getVariableData: variables },
    });
  });

  it.each([
    ['nothing', [], '/getVariableData'],
    [
      'a name of 51 characters',
      [{ ...interval, variable: { name: 'x'.repeat(51) } }],
      '/getVariableData/0/variable/name',
    ],
    [
      'an EVSE beyond 32 bits',
      [{ ...interval, component: { name: 'EVSE', evse: { id: 2 ** 31 } } }],
      '/getVariableData/0/component/evse/id',
    ],
  ])('refuses %s', (_, variables, path) => {
    expect(getVariables.toCall({ kind: 'GetVariables', variables })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it('mirrors what was reported, and no password', () => {
    const getVariableResult = [
      { ...interval, attributeStatus: 'Accepted' as const, attributeValue: '60' },
      {
        ...connector,
        attributeType: 'Target' as const,
        attributeStatus: 'Accepted' as const,
        attributeValue: 'cType2',
      },
      { ...password, attributeStatus: 'Accepted' as const, attributeValue: 'correct horse 16' },
      { ...interval, attributeType: 'MinSet' as const, attributeStatus: 'NotSupportedAttributeType' as const },
    ];
    expect(getVariables.mirror.answered(request, { getVariableResult })).toEqual([
      {
        kind: 'variablesReported',
        variables: [
          { ...interval, attributeType: 'Actual', value: '60' },
          { ...connector, attributeType: 'Target', value: 'cType2' },
          { ...password, attributeType: 'Actual' },
        ],
      },
    ]);
  });

  it.each(['Rejected', 'UnknownComponent', 'UnknownVariable', 'NotSupportedAttributeType'] as const)(
    'answered %s mirrors nothing',
    (attributeStatus) => {
      expect(getVariables.mirror.answered(request, { getVariableResult: [{ ...interval, attributeStatus }] })).toEqual(
        [],
      );
    },
  );

  it('reads each result, without a password', () => {
    const getVariableResult = [
      { ...interval, attributeType: 'Actual' as const, attributeStatus: 'Accepted' as const, attributeValue: '60' },
      { ...password, attributeStatus: 'Accepted' as const, attributeValue: 'correct horse 16' },
      { ...connector, attributeStatus: 'UnknownVariable' as const },
    ];
    expect(readVariables({ getVariableResult })).toEqual({
      variables: [
        { ...interval, attributeType: 'Actual', status: 'Accepted', attributeValue: '60' },
        { ...password, status: 'Accepted' },
        { ...connector, status: 'UnknownVariable' },
      ],
    });
  });
});
