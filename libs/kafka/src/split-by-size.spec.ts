import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitBySize } from './split-by-size.ts';

describe('splitBySize', () => {
  it('loses nothing, keeps the order, and keeps every run of several below the limit', () => {
    const message = fc.nat(3000).map((size) => ({ key: 'CP-1', value: new Uint8Array(size) }));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), fc.integer({ min: 200, max: 4000 }), (messages, limit) => {
        const parts = splitBySize(messages, limit);
        expect(parts.flat()).toEqual(messages);
        for (const part of parts)
          if (part.length > 1) expect(part.reduce((sum, { value }) => sum + value.byteLength, 0)).toBeLessThan(limit);
      }),
    );
  });

  it('gives a message beyond the limit a run of its own', () => {
    const sizes = [10, 5000, 10].map((size) => ({ key: '', value: new Uint8Array(size) }));
    expect(splitBySize(sizes, 1000).map((part) => part.length)).toEqual([1, 1, 1]);
  });
});
