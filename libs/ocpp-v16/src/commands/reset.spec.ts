import { describe, expect, it } from '@jest/globals';
import { reset } from './reset.ts';

describe('Reset', () => {
  it.each([
    ['soft', 'Soft'],
    ['hard', 'Hard'],
  ] as const)('%s is %s', (type, wire) => {
    expect(reset.toCall({ kind: 'Reset', type })).toEqual({ ok: true, action: 'Reset', payload: { type: wire } });
  });

  it('of one EVSE does not exist in 1.6', () => {
    expect(reset.toCall({ kind: 'Reset', type: 'soft', evseId: 1 })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining('OCPP 1.6'),
    });
  });
});
