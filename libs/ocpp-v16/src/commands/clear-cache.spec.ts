import { describe, expect, it } from '@jest/globals';
import { clearCache } from './clear-cache.ts';

describe('ClearCache', () => {
  it('has an empty payload', () => {
    expect(clearCache.toCall({ kind: 'ClearCache' })).toEqual({ ok: true, action: 'ClearCache', payload: {} });
  });
});
