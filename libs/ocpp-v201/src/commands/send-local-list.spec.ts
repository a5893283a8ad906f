import type { CommandOf, LocalListEntry } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { sendLocalList } from './send-local-list.ts';

type Row = { updateType: CommandOf<'SendLocalList'>['updateType']; entries?: LocalListEntry[]; payload: object };
const send = (updateType: CommandOf<'SendLocalList'>['updateType'], entries?: LocalListEntry[], version = 4) =>
  sendLocalList.toCall({ kind: 'SendLocalList', version, updateType, entries });

describe('SendLocalList', () => {
  it.each<Row>([
    { updateType: 'Full', entries: undefined, payload: { updateType: 'Full' } },
    { updateType: 'Full', entries: [], payload: { updateType: 'Full' } },
    {
      updateType: 'Full',
      entries: [
        { idToken: 'A', status: 'Accepted', expiresAt: '2026-03-01T10:00:00Z', groupIdToken: 'FAMILY' },
        { idToken: 'B', status: 'Blocked', idTokenType: 'ISO14443' },
      ],
      payload: {
        updateType: 'Full',
        localAuthorizationList: [
          {
            idToken: { idToken: 'A', type: 'Central' },
            idTokenInfo: {
              status: 'Accepted',
              cacheExpiryDateTime: '2026-03-01T10:00:00Z',
              groupIdToken: { idToken: 'FAMILY', type: 'Central' },
            },
          },
          { idToken: { idToken: 'B', type: 'ISO14443' }, idTokenInfo: { status: 'Blocked' } },
        ],
      },
    },
    {
      updateType: 'Differential',
      entries: [{ idToken: 'A' }],
      payload: { updateType: 'Differential', localAuthorizationList: [{ idToken: { idToken: 'A', type: 'Central' } }] },
    },
  ])('$updateType sends $payload (TC_D_01 to TC_D_04)', ({ updateType, entries, payload }) => {
    expect(send(updateType, entries)).toEqual({
      ok: true,
      action: 'SendLocalList',
      payload: { versionNumber: 4, ...payload },
    });
  });

  it.each([0, -1])('refuses version %i', (version) => {
    expect(send('Full', [], version)).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/versionNumber' }] });
  });

  it.each([
    ['a full list with an entry to remove', 'Full', { idToken: 'B' }, '/localAuthorizationList/1/idTokenInfo'],
    [
      'an entry that is half removed',
      'Differential',
      { idToken: 'B', groupIdToken: 'FAMILY' },
      '/localAuthorizationList/1/idTokenInfo',
    ],
    [
      'a token of 37 characters',
      'Full',
      { idToken: 'x'.repeat(37), status: 'Accepted' },
      '/localAuthorizationList/1/idToken/idToken',
    ],
  ] as const)('refuses %s', (_, updateType, entry, path) => {
    expect(send(updateType, [{ idToken: 'A', status: 'Accepted' }, entry])).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it('names no more than fifty faults', () => {
    const translation = send(
      'Full',
      Array.from({ length: 1000 }, () => ({ idToken: 'A' })),
    );
    expect(!translation.ok && translation.kind === 'invalidPayload' && translation.errors).toHaveLength(50);
  });

  it.each([
    ['Accepted', [{ kind: 'localListVersion', version: 4 }]],
    ['Failed', []],
    ['VersionMismatch', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    expect(sendLocalList.mirror.answered({ versionNumber: 4, updateType: 'Full' }, { status })).toEqual(effects);
  });
});
