import { describe, expect, it } from '@jest/globals';
import { remoteStart } from './remote-start.ts';

const command = { kind: 'RemoteStart', idToken: 'TOKEN', remoteStartId: 7 } as const;

describe('RemoteStart', () => {
  it.each([
    { sent: command, payload: { remoteStartId: 7, idToken: { idToken: 'TOKEN', type: 'Central' } } },
    {
      sent: { ...command, evseId: 2, idTokenType: 'ISO14443' },
      payload: { remoteStartId: 7, evseId: 2, idToken: { idToken: 'TOKEN', type: 'ISO14443' } },
    },
  ])('is RequestStartTransaction with $payload', ({ sent, payload }) => {
    expect(remoteStart(sent)).toEqual({ ok: true, action: 'RequestStartTransaction', payload });
  });

  it.each([
    { sent: { ...command, idToken: 'x'.repeat(37) }, path: '/idToken/idToken' },
    { sent: { ...command, idTokenType: 'Plastic' }, path: '/idToken/type' },
  ])('refuses what $path does not take', ({ sent, path }) => {
    expect(remoteStart(sent)).toMatchObject({ ok: false, kind: 'invalidPayload', errors: [{ path }] });
  });
});
