import { describe, expect, it } from '@jest/globals';
import { changeConfiguration } from './change-configuration.ts';

const HEX = '0123456789ABCDEF0123456789abcdef';
const TEXT = 'correct horse 16';
const TEXT_HEX = '636f727265637420686f727365203136';

describe('ChangeConfiguration', () => {
  it.each([
    ['HeartbeatInterval', '60'],
    ['AuthorizationKey', HEX],
    ['AuthorizationKey', 'a0'.repeat(20)],
    ['authorizationkey', TEXT],
    ['SecurityProfile', '3'],
  ])('sends %s = %s', (key, value) => {
    expect(changeConfiguration.toCall({ kind: 'ChangeConfiguration', key, value })).toEqual({
      ok: true,
      action: 'ChangeConfiguration',
      payload: { key, value },
    });
  });

  it.each([
    ['a value beyond 500 characters', 'LocalKey', 'x'.repeat(501), '/value'],
    ['a key beyond 50 characters', 'x'.repeat(51), '1', '/key'],
    ['a password of 15 characters', 'AuthorizationKey', 'x'.repeat(15), '/value'],
    ['a password of 21 characters', 'AuthorizationKey', 'x'.repeat(21), '/value'],
    ['a password of 33 hex digits', 'AUTHORIZATIONKEY', `${HEX}0`, '/value'],
    ['a password of 42 hex digits', 'AuthorizationKey', 'a0'.repeat(21), '/value'],
    ['a password of 32 characters that are no hex digits', 'AuthorizationKey', 'x'.repeat(32), '/value'],
    ['a password with a control character', 'AuthorizationKey', `${'x'.repeat(16)}\n`, '/value'],
    ['a security profile beyond 3', 'securityProfile', '4', '/value'],
    ['a security profile that is no number', 'SecurityProfile', 'two', '/value'],
  ])('refuses %s', (_, key, value, path) => {
    const translation = changeConfiguration.toCall({ kind: 'ChangeConfiguration', key, value });
    expect(translation).toMatchObject({ ok: false, kind: 'invalidPayload', errors: [{ path }] });
  });

  it('does not repeat a password that it refuses', () => {
    const translation = changeConfiguration.toCall({
      kind: 'ChangeConfiguration',
      key: 'AuthorizationKey',
      value: 'hunter2',
    });
    expect(JSON.stringify(translation)).not.toContain('hunter2');
  });

  const interval = { key: 'HeartbeatInterval', value: '60' };
  it.each([
    { status: 'Accepted', effects: [{ kind: 'configurationChanged', ...interval, rebootRequired: false }] },
    { status: 'RebootRequired', effects: [{ kind: 'configurationChanged', ...interval, rebootRequired: true }] },
    { status: 'Rejected', effects: [] },
    { status: 'NotSupported', effects: [] },
  ] as const)('answered $status changes $effects', ({ status, effects }) => {
    expect(changeConfiguration.mirror.before(interval)).toEqual([]);
    expect(changeConfiguration.mirror.answered(interval, { status })).toEqual(effects);
  });

  it.each([
    ['AuthorizationKey', HEX, HEX.toLowerCase()],
    ['authorizationKey', TEXT, TEXT_HEX],
    // By the generic call anything may be sent; a charge point that takes it sends it as text.
    ['AuthorizationKey', 'ü', 'c3bc'],
  ])('offers the bytes of %s %s before it leaves', (key, value, passwordHex) => {
    expect(changeConfiguration.mirror.before({ key, value })).toEqual([
      { kind: 'password', step: 'offered', passwordHex },
    ]);
  });

  it.each([
    { status: 'Accepted', step: 'accepted', rebootRequired: false },
    { status: 'Rejected', step: 'refused' },
    { status: 'NotSupported', step: 'refused' },
  ] as const)('of a password answered $status is $step, and mirrors no value', ({ status, step, ...changed }) => {
    const key = 'AuthorizationKey';
    expect(changeConfiguration.mirror.answered({ key, value: TEXT }, { status })).toEqual([
      ...('rebootRequired' in changed ? [{ kind: 'configurationChanged', key, ...changed }] : []),
      { kind: 'password', step, passwordHex: TEXT_HEX },
    ]);
  });

  it('of a password that holds from the next reboot leaves both valid', () => {
    const key = 'AuthorizationKey';
    expect(changeConfiguration.mirror.answered({ key, value: TEXT }, { status: 'RebootRequired' })).toEqual([
      { kind: 'configurationChanged', key, rebootRequired: true },
    ]);
  });

  it.each([
    { status: 'Accepted', value: '2', profiles: [2] },
    { status: 'RebootRequired', value: '3', profiles: [3] },
    { status: 'Rejected', value: '2', profiles: [] },
    { status: 'NotSupported', value: '2', profiles: [] },
    { status: 'Accepted', value: 'two', profiles: [] },
  ] as const)('of security profile $value answered $status moves handshakes to $profiles', (row) => {
    const { status, value, profiles } = row;
    const effects = changeConfiguration.mirror.answered({ key: 'SecurityProfile', value }, { status });
    expect(effects.filter(({ kind }) => kind === 'securityProfile')).toEqual(
      profiles.map((profile) => ({ kind: 'securityProfile', step: 'accepted', profile })),
    );
  });
});
