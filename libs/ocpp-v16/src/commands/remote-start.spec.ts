import { describe, expect, it } from '@jest/globals';
import { remoteStart } from './remote-start.ts';

const command = { kind: 'RemoteStart', idToken: 'TAG', remoteStartId: 7 } as const;

describe('RemoteStart', () => {
  it.each([
    { sent: command, payload: { idTag: 'TAG' } },
    { sent: { ...command, evseId: 2, idTokenType: 'ISO14443' }, payload: { idTag: 'TAG', connectorId: 2 } },
  ])('is RemoteStartTransaction with $payload', ({ sent, payload }) => {
    expect(remoteStart(sent)).toEqual({ ok: true, action: 'RemoteStartTransaction', payload });
  });

  it('refuses a token longer than an IdToken of 1.6', () => {
    expect(remoteStart({ ...command, idToken: 'x'.repeat(21) })).toMatchObject({
      ok: false,
      kind: 'invalidPayload',
      errors: [{ path: '/idTag' }],
    });
  });
});
