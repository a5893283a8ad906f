import type { CommandOf, LocalListEntry } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { sendLocalList } from './send-local-list.ts';

const send = (updateType: CommandOf<'SendLocalList'>['updateType'], entries?: LocalListEntry[], version = 4) =>
  sendLocalList.toCall({ kind: 'SendLocalList', version, updateType, entries });

describe('SendLocalList', () => {
  it.each([
    { updateType: 'Full', entries: undefined, payload: { updateType: 'Full' } },
    { updateType: 'Full', entries: [], payload: { updateType: 'Full', localAuthorizationList: [] } },
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
            idTag: 'A',
            idTagInfo: { status: 'Accepted', expiryDate: '2026-03-01T10:00:00Z', parentIdTag: 'FAMILY' },
          },
          { idTag: 'B', idTagInfo: { status: 'Blocked' } },
        ],
      },
    },
    {
      updateType: 'Differential',
      entries: [{ idToken: 'A' }],
      payload: { updateType: 'Differential', localAuthorizationList: [{ idTag: 'A' }] },
    },
  ] satisfies { updateType: CommandOf<'SendLocalList'>['updateType']; entries?: LocalListEntry[]; payload: object }[])(
    '$updateType sends $payload (TC_043)',
    ({ updateType, entries, payload }) => {
      expect(send(updateType, entries)).toEqual({
        ok: true,
        action: 'SendLocalList',
        payload: { listVersion: 4, ...payload },
      });
    },
  );

  it.each([0, -1])('refuses version %i, which has a meaning of its own', (version) => {
    expect(send('Full', [], version)).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/listVersion' }] });
  });

  it.each([
    ['a full list with an entry to remove', 'Full', { idToken: 'B' }, '/localAuthorizationList/1/idTagInfo'],
    [
      'an entry that is half removed',
      'Differential',
      { idToken: 'B', groupIdToken: 'FAMILY' },
      '/localAuthorizationList/1/idTagInfo',
    ],
    [
      'a token longer than an IdToken of 1.6',
      'Full',
      { idToken: 'x'.repeat(21), status: 'Accepted' },
      '/localAuthorizationList/1/idTag',
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
    ['NotSupported', []],
    ['VersionMismatch', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    expect(sendLocalList.mirror.answered({ listVersion: 4, updateType: 'Full' }, { status })).toEqual(effects);
  });
});
