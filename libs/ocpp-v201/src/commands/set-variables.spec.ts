import { describe, expect, it } from '@jest/globals';
import { readSet, setVariables } from './set-variables.ts';

const interval = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const secret = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
const TEXT = 'correct horse 16';
const TEXT_HEX = '636f727265637420686f727365203136';
const set = (attribute: typeof interval, attributeValue: string) => ({ ...attribute, attributeValue });
const request = { setVariableData: [set(interval, '60')] };
const password = { setVariableData: [set(secret, TEXT)] };

describe('SetVariables', () => {
  it.each([
    ['one', [set(interval, '60')]],
    ['several', [set(interval, '60'), { ...set(interval, '10'), attributeType: 'MinSet' as const }, set(secret, TEXT)]],
    ['a password of 40 characters', [set(secret, 'ü'.repeat(40))]],
  ])('sends %s (TC_B_09, TC_B_10, TC_A_09)', (_, variables) => {
    expect(setVariables.toCall({ kind: 'SetVariables', variables })).toEqual({
      ok: true,
      action: 'SetVariables',
      payload: { setVariableData: variables },
    });
  });

  const upperCase = { component: { name: 'SECURITYCTRLR' }, variable: { name: 'BASICAUTHPASSWORD' } };
  it.each([
    ['a value beyond 1000 characters', [set(interval, 'x'.repeat(1001))], '/setVariableData/0/attributeValue'],
    ['one attribute twice (B05.FR.13)', [set(interval, '60'), set(interval, '90')], '/setVariableData/1'],
    ['a password of 15 characters', [set(secret, 'x'.repeat(15))], '/setVariableData/0/attributeValue'],
    ['a password of 41 characters', [set(upperCase, 'x'.repeat(41))], '/setVariableData/0/attributeValue'],
    ['a password with a line end', [set(secret, `${'x'.repeat(16)}\n`)], '/setVariableData/0/attributeValue'],
  ])('refuses %s', (_, variables, path) => {
    expect(setVariables.toCall({ kind: 'SetVariables', variables })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([
    ['Accepted', [{ rebootRequired: false }]],
    ['RebootRequired', [{ rebootRequired: true }]],
    ['Rejected', []],
    ['UnknownComponent', []],
    ['UnknownVariable', []],
    ['NotSupportedAttributeType', []],
  ] as const)('answered %s tells of %j', (attributeStatus, facts) => {
    const setVariableResult = [{ ...interval, attributeStatus }];
    expect(setVariables.mirror.before(request)).toEqual([]);
    expect(setVariables.mirror.answered(request, { setVariableResult })).toEqual(
      facts.map((fact) => ({
        kind: 'variablesReported',
        variables: [{ ...interval, attributeType: 'Actual', value: '60', ...fact }],
      })),
    );
  });

  it('finds its results in any order and letter case, and takes none for no word', () => {
    const other = set({ component: { name: 'TxCtrlr' }, variable: { name: 'EVConnectionTimeOut' } }, '30');
    const left = set({ component: { name: 'AuthCtrlr' }, variable: { name: 'Enabled' } }, 'true');
    const setVariableResult = [
      {
        component: { name: 'txctrlr' },
        variable: { name: 'evconnectiontimeout' },
        attributeStatus: 'Rejected' as const,
      },
      { ...interval, attributeType: 'Actual' as const, attributeStatus: 'Accepted' as const },
    ];
    const several = { setVariableData: [...request.setVariableData, other, left] };
    expect(setVariables.mirror.answered(several, { setVariableResult })).toMatchObject([
      { variables: [{ ...interval, value: '60' }] },
    ]);
  });

  it('offers a password before it leaves, as the bytes of its text', () => {
    expect(setVariables.mirror.before(password)).toEqual([
      { kind: 'password', step: 'offered', passwordHex: TEXT_HEX },
    ]);
    // 32 hex digits are text, too.
    const digits = { setVariableData: [set(secret, 'a0'.repeat(16))] };
    expect(setVariables.mirror.before(digits)).toMatchObject([{ passwordHex: '6130'.repeat(16) }]);
  });

  it.each([
    { status: 'Accepted', step: 'accepted', rebootRequired: false },
    { status: 'Rejected', step: 'refused' },
    { status: 'UnknownVariable', step: 'refused' },
  ] as const)('of a password answered $status is $step, and mirrors no value (TC_A_09, TC_A_10)', (row) => {
    const setVariableResult = [{ ...secret, attributeStatus: row.status }];
    expect(setVariables.mirror.answered(password, { setVariableResult })).toEqual([
      ...('rebootRequired' in row
        ? [{ kind: 'variablesReported', variables: [{ ...secret, attributeType: 'Actual', rebootRequired: false }] }]
        : []),
      { kind: 'password', step: row.step, passwordHex: TEXT_HEX },
    ]);
  });

  it('of a password that holds from the next reboot, or of which nothing is said, leaves both valid', () => {
    const setVariableResult = [{ ...secret, attributeStatus: 'RebootRequired' as const }];
    expect(setVariables.mirror.answered(password, { setVariableResult })).toEqual([
      { kind: 'variablesReported', variables: [{ ...secret, attributeType: 'Actual', rebootRequired: true }] },
    ]);
    const ofAnother = [{ ...interval, attributeStatus: 'Accepted' as const }];
    expect(setVariables.mirror.answered(password, { setVariableResult: ofAnother })).toEqual([]);
  });

  it('takes another attribute of the password for no password', () => {
    const target = { setVariableData: [{ ...set(secret, TEXT), attributeType: 'MaxSet' as const }] };
    expect(setVariables.mirror.before(target)).toEqual([]);
  });

  it('reads each result', () => {
    const setVariableResult = [
      { ...interval, attributeType: 'Actual' as const, attributeStatus: 'RebootRequired' as const },
      { ...secret, attributeStatus: 'Rejected' as const },
    ];
    expect(readSet({ setVariableResult })).toEqual({
      variables: [
        { ...interval, attributeType: 'Actual', status: 'RebootRequired' },
        { ...secret, status: 'Rejected' },
      ],
    });
  });
});
