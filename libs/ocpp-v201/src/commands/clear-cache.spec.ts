import { describe, expect, it } from '@jest/globals';
import { clearCache } from './clear-cache.ts';

describe('ClearCache', () => {
  it('has no fields (TC_C_37)', () => {
    expect(clearCache.toCall({ kind: 'ClearCache' })).toEqual({ ok: true, action: 'ClearCache', payload: {} });
  });
});
