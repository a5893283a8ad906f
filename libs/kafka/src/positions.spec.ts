import { describe, expect, it } from '@jest/globals';
import { ALL_TOPICS, TOPICS } from '@ocpp-gw/contracts';
import fc from 'fast-check';
import {
  InvalidPositionError,
  copyOf,
  decodePositions,
  encodePositions,
  hasReached,
  type Positions,
} from './positions.ts';

const offsets = fc.array(fc.nat(Number.MAX_SAFE_INTEGER), { maxLength: 20 });
const positions = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ALL_TOPICS), offsets), { selector: ([topic]) => topic })
  .map((entries): Positions => new Map(entries));

describe('a position as text', () => {
  it('is read as it was written, and fits into a header', () => {
    fc.assert(
      fc.property(positions, (each) => {
        const text = encodePositions(each);
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodePositions(text)).toEqual(each);
      }),
    );
  });

  it('is refused when it is none, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.uint8Array().map((b) => Buffer.from(b).toString('base64url')),
        ),
        (text) => {
          try {
            expect(decodePositions(text)).toBeInstanceOf(Map);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidPositionError);
          }
        },
      ),
    );
    for (const text of ['', 'x', 'AA', '7']) expect(() => decodePositions(text)).toThrow(InvalidPositionError);
  });

  it('leaves out a topic that is gone', () => {
    const text = encodePositions(
      new Map([
        ['no.topic' as never, [1]],
        [TOPICS.boot, [2, 3]],
      ]),
    );
    expect(decodePositions(text)).toEqual(new Map([[TOPICS.boot, [2, 3]]]));
  });

  it('is short: a few bytes for each partition', () => {
    const all: Positions = new Map(ALL_TOPICS.map((topic) => [topic, Array.from({ length: 12 }, () => 1_000_000)]));
    expect(encodePositions(all).length).toBeLessThan(ALL_TOPICS.length * 65);
  });
});

describe('positions', () => {
  it('have reached others when no partition is before them', () => {
    const at = (...offsets: number[]): Positions => new Map([[TOPICS.boot, offsets]]);
    expect(hasReached(at(3, 4), at(3, 4))).toBe(true);
    expect(hasReached(at(3, 4), at(3, 5))).toBe(false);
    expect(hasReached(at(3), at(3, 0))).toBe(true);
    expect(hasReached(at(3), at(3, 1))).toBe(false);
    expect(hasReached(new Map(), new Map())).toBe(true);
  });

  it('are copied for some topics', () => {
    const original: Positions = new Map([
      [TOPICS.boot, [1]],
      [TOPICS.status, [2]],
    ]);
    const copy = copyOf(original, [TOPICS.boot]);
    copy.get(TOPICS.boot)![0] = 9;
    expect(copy).toEqual(new Map([[TOPICS.boot, [9]]]));
    expect(original.get(TOPICS.boot)).toEqual([1]);
  });
});
