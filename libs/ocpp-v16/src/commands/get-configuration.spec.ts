import { describe, expect, it } from '@jest/globals';
import { getConfiguration } from './get-configuration.ts';

describe('GetConfiguration', () => {
  it.each([
    { keys: undefined, payload: {} },
    { keys: [], payload: {} },
    { keys: ['SupportedFeatureProfiles'], payload: { key: ['SupportedFeatureProfiles'] } },
  ])('of $keys sends $payload (TC_019)', ({ keys, payload }) => {
    expect(getConfiguration.toCall({ kind: 'GetConfiguration', keys })).toEqual({
      ok: true,
      action: 'GetConfiguration',
      payload,
    });
  });

  it('refuses a key beyond 50 characters', () => {
    expect(getConfiguration.toCall({ kind: 'GetConfiguration', keys: ['x'.repeat(51)] })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/key/0' }],
    });
  });

  it.each([
    [{}, true],
    [{ key: [] }, true],
    [{ key: ['HeartbeatInterval', 'Nonsense'] }, false],
  ])('of %j mirrors what was reported; all keys there are: %s', (request, complete) => {
    const answer = {
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '60' }],
      unknownKey: ['Nonsense'],
    };
    expect(getConfiguration.mirror.answered(request, answer)).toEqual([
      {
        kind: 'configurationSeen',
        keys: answer.configurationKey,
        unknownKeys: ['Nonsense'],
        complete,
      },
    ]);
  });

  it('keeps a password that the charge point tells out of the mirror', () => {
    const configurationKey = [{ key: 'authorizationkey', readonly: false, value: 'correct horse 16' }];
    expect(getConfiguration.mirror.answered({}, { configurationKey })).toEqual([
      {
        kind: 'configurationSeen',
        keys: [{ key: 'authorizationkey', readonly: false }],
        unknownKeys: [],
        complete: true,
      },
    ]);
  });

  it.each([{ key: ['A'] }, {}])('takes an answer without a list for no word on what keys there are: %j', (request) => {
    expect(getConfiguration.mirror.answered(request, {})).toEqual([
      { kind: 'configurationSeen', keys: [], unknownKeys: [], complete: false },
    ]);
  });
});
