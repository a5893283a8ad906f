import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameReader, PING, TEXT } from './frame-reader.ts';

function serverFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = length < 126 ? [0x80 | opcode, length] : [0x80 | opcode, 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), payload]);
}

describe('FrameReader', () => {
  it('finds the same frames wherever the stream is cut', () => {
    const frame = fc.record({
      opcode: fc.constantFrom(TEXT, PING),
      payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat(400), { maxLength: 8 }), (frames, cuts) => {
        const stream = Buffer.concat(frames.map(({ opcode, payload }) => serverFrame(opcode, payload)));
        const reader = new FrameReader();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const read = edges.slice(1).flatMap((end, n) => reader.read(stream.subarray(edges[n], end)));
        expect(read.map(({ opcode, payload }) => [opcode, payload.toString('hex')])).toEqual(
          frames.map(({ opcode, payload }) => [opcode, payload.toString('hex')]),
        );
      }),
    );
  });

  it.each([
    ['a fragment', [0x01, 0]],
    ['a masked frame', [0x81, 0x80]],
    ['a longer frame', [0x81, 127]],
  ])('refuses %s', (_, bytes) => {
    expect(() => new FrameReader().read(Buffer.from(bytes))).toThrow(/from the server/);
  });
});
