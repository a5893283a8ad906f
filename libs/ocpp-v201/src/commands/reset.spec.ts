import { describe, expect, it } from '@jest/globals';
import { reset } from './reset.ts';

describe('Reset', () => {
  it.each([
    { sent: { type: 'Soft' }, payload: { type: 'OnIdle' } },
    { sent: { type: 'Hard' }, payload: { type: 'Immediate' } },
    { sent: { type: 'Hard', evseId: 2 }, payload: { type: 'Immediate', evseId: 2 } },
  ] as const)('$sent is $payload (TC_B_20, TC_B_25)', ({ sent, payload }) => {
    expect(reset.toCall({ kind: 'Reset', ...sent })).toEqual({ ok: true, action: 'Reset', payload });
  });

  it('refuses EVSE 0, which is none', () => {
    expect(reset.toCall({ kind: 'Reset', type: 'Soft', evseId: 0 })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/evseId' }],
    });
  });
});
