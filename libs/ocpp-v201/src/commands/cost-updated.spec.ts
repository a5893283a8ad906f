import { describe, expect, it } from '@jest/globals';
import { costUpdated } from './cost-updated.ts';

describe('CostUpdated', () => {
  it.each([12.34, 3e9])('tells the running cost %d (TC_I_01)', (totalCost) => {
    expect(costUpdated.toCall({ kind: 'CostUpdated', transactionId: 'b7f2c9', totalCost })).toEqual({
      ok: true,
      action: 'CostUpdated',
      payload: { transactionId: 'b7f2c9', totalCost },
    });
  });

  it('refuses an id longer than a station may make', () => {
    expect(costUpdated.toCall({ kind: 'CostUpdated', transactionId: 'x'.repeat(37), totalCost: 1 })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/transactionId' }],
    });
  });
});
