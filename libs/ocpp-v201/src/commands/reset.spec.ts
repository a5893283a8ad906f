import { expect, it } from '@jest/globals';
import { reset } from './reset.ts';

it.each([
  { sent: { type: 'soft' }, payload: { type: 'OnIdle' } },
  { sent: { type: 'hard' }, payload: { type: 'Immediate' } },
  { sent: { type: 'hard', evseId: 2 }, payload: { type: 'Immediate', evseId: 2 } },
] as const)('Reset $sent is $payload', ({ sent, payload }) => {
  expect(reset({ kind: 'Reset', ...sent })).toEqual({ ok: true, action: 'Reset', payload });
});
