import { describe, expect, it, jest } from '@jest/globals';
import type { DeviceVariableRecord } from '@ocpp-gw/persistence';
import { messageLimits } from './message-limits.ts';

type Mirror = Parameters<typeof messageLimits>[0];

const row = (variableInstance: string | null, value: string | null, more: object = {}): DeviceVariableRecord => ({
  component: 'DeviceDataCtrlr',
  componentInstance: null,
  evseId: 0,
  connectorId: 0,
  variable: 'ItemsPerMessage',
  variableInstance,
  attributeType: 'Actual',
  value,
  mutability: 'ReadOnly',
  persistent: null,
  constant: null,
  characteristics: null,
  rebootRequired: false,
  seenAt: new Date(0),
  ...more,
});

function limits(...items: DeviceVariableRecord[]) {
  const variables = jest.fn<Mirror['variables']>().mockResolvedValue({ items, nextCursor: null });
  return { sut: messageLimits({ variables }), variables };
}

const three = { variables: [1, 2, 3] };

describe('messageLimits', () => {
  it('refuses what is more than the charge point takes in one message', async () => {
    const { sut, variables } = limits(row('GetReport', '1'), row('getvariables', '2'));
    expect(await sut.faults('GetVariables', 'CP-1', three)).toEqual([
      { pointer: '/variables', message: expect.stringContaining('at most 2') },
    ]);
    expect(await sut.faults('GetVariables', 'CP-1', { variables: [1, 2] })).toEqual([]);
    expect(variables).toHaveBeenCalledWith('CP-1', expect.objectContaining({ component: 'DeviceDataCtrlr' }));
  });

  it('knows the limit of a local list, which has no instance', async () => {
    expect(await limits(row(null, '1')).sut.faults('SendLocalList', 'CP-1', { entries: [1, 2] })).toHaveLength(1);
  });

  it.each([
    ['none is reported', []],
    ['that of another message is reported', [row('SetVariables', '1')]],
    ['the value is no number', [row('GetVariables', 'many')]],
    ['the value is not reported', [row('GetVariables', null)]],
    ['it is the greatest that could be set', [row('GetVariables', '1', { attributeType: 'MaxSet' })]],
  ])('has no limit where %s', async (_, rows) => {
    expect(await limits(...rows).sut.faults('GetVariables', 'CP-1', three)).toEqual([]);
  });

  it.each([
    ['a command without lists', 'Reset' as const, { type: 'Soft' }],
    ['a list that is left out', 'SendLocalList' as const, {}],
    ['a single item', 'GetVariables' as const, { variables: [1] }],
  ])('does not look for %s', async (_, kind, request) => {
    const { sut, variables } = limits(row('GetVariables', '0'));
    expect(await sut.faults(kind, 'CP-1', request)).toEqual([]);
    expect(variables).not.toHaveBeenCalled();
  });
});
