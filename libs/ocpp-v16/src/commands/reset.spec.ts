import { describe, expect, it } from '@jest/globals';
import { reset } from './reset.ts';

describe('Reset', () => {
  it.each(['Soft', 'Hard'] as const)('is %s', (type) => {
    expect(reset.toCall({ kind: 'Reset', type })).toEqual({ ok: true, action: 'Reset', payload: { type } });
  });

  it('of one EVSE does not exist in 1.6', () => {
    expect(reset.toCall({ kind: 'Reset', type: 'Soft', evseId: 1 })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining('OCPP 1.6'),
    });
  });
});
