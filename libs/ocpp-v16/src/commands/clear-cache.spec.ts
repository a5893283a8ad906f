import { describe, expect, it } from '@jest/globals';
import { clearCache } from './clear-cache.ts';

describe('ClearCache', () => {
  it('has an empty payload', () => {
    expect(clearCache()).toEqual({ ok: true, action: 'ClearCache', payload: {} });
  });
});
