import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Beats } from './beats.ts';

describe(Beats.name, () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const member = () => {
    const one = { beats: 0, beat: () => void (one.beats += 1) };
    return one;
  };

  it.each([30_000, 250, 15, 3])('lets each member beat once in %d ms, whenever it joined', (intervalMs) => {
    const sut = new Beats(intervalMs);
    const first = member();
    sut.join(first);
    jest.advanceTimersByTime(intervalMs / 3);
    const second = member();
    sut.join(second);
    jest.advanceTimersByTime(10 * intervalMs);
    expect([first.beats, second.beats]).toEqual([10, 10]);
  });

  it('lets nobody beat who has left, another time or during a beat', () => {
    const sut = new Beats(1000);
    const stays = member();
    sut.join(stays);
    const leaves = {
      beats: 0,
      beat: () => {
        leaves.beats += 1;
        sut.leave(leaves, place);
      },
    };
    const place = sut.join(leaves);
    jest.advanceTimersByTime(3000);
    sut.leave(leaves, place);
    expect([stays.beats, leaves.beats]).toEqual([3, 1]);
  });

  it('holds no timer while it has no members', () => {
    const sut = new Beats(1000);
    const one = member();
    for (let n = 0; n < 2; n += 1) {
      const place = sut.join(one);
      expect(jest.getTimerCount()).toBe(1);
      sut.leave(one, place);
      expect(jest.getTimerCount()).toBe(0);
    }
  });
});
