import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstElement } from './der.ts';

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

describe('firstElement', () => {
  it('is the first of a sequence, header included, however long', () => {
    const bytes = fc.uint8Array({ maxLength: 700 }).map((content) => element(0x30, Buffer.from(content)));
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        expect(firstElement(element(0x30, Buffer.concat([first, second]))).equals(first)).toBe(true);
      }),
    );
  });

  it('does not read beyond the end', () => {
    expect(() => firstElement(Buffer.from([0x30, 0x00]))).toThrow('out of range');
  });
});
