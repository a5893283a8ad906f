import { describe, expect, it } from '@jest/globals';
import { bareText } from './bare-text.ts';

describe(bareText.name, () => {
  it.each([
    ['12', '12'],
    ['12\0\0', '12'],
    ['\0 12 \x1f\x7f\r\n', '12'],
    ['1\x002', '1\x002'],
    ['\u00a012\ufeff', '12'],
    ['\0\0', ''],
    ['', ''],
  ])('reads %j as %j', (text, bare) => {
    expect(bareText(text)).toBe(bare);
  });

  it('takes time in proportion to the text', () => {
    const startedAt = performance.now();
    const text = `1${' \0'.repeat(500_000)}2`;
    expect(bareText(text)).toBe(text);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
