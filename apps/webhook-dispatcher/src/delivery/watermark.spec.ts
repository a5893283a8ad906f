import { describe, expect, it } from '@jest/globals';
import type { PartitionLag } from '@ocpp-gw/kafka';
import { Watermark } from './watermark.ts';

const partition = (topic: string, position: bigint, end: bigint): PartitionLag => ({
  topic,
  partition: 0,
  lag: Number(end - position),
  position,
  end,
});

describe('Watermark', () => {
  it('lets nothing pass before the first reading', () => {
    expect(new Watermark().settledBefore.getTime()).toBeLessThanOrEqual(0);
  });

  it('rises to the reading that finds every partition read to its end', () => {
    const sut = new Watermark();
    expect(sut.observe([partition('tx.started', 5n, 5n), partition('tx.ended', 7n, 7n)], 10_000)).toBe(true);
    expect(sut.settledBefore).toEqual(new Date(9_750));
  });

  it('stays while one partition lags, and rises to when the goal was set once it is passed', () => {
    const sut = new Watermark();
    expect(sut.observe([partition('tx.started', 4n, 5n), partition('tx.ended', 7n, 7n)], 10_000)).toBe(false);
    // More has been written meanwhile; the goal is the earlier end.
    expect(sut.observe([partition('tx.started', 5n, 9n), partition('tx.ended', 7n, 8n)], 11_000)).toBe(true);
    expect(sut.settledBefore).toEqual(new Date(9_750));
    // The reading that passed a goal is the next one.
    expect(sut.observe([partition('tx.started', 9n, 12n), partition('tx.ended', 8n, 8n)], 12_000)).toBe(true);
    expect(sut.settledBefore).toEqual(new Date(10_750));
  });

  it('rises to a reading that is at every end, also when that reading passes an earlier goal', () => {
    const sut = new Watermark();
    sut.observe([partition('tx.started', 4n, 5n)], 10_000);
    expect(sut.observe([partition('tx.started', 6n, 6n)], 11_000)).toBe(true);
    expect(sut.settledBefore).toEqual(new Date(10_750));
  });

  it('does not rise to a goal with a topic that is read no more, and sets another', () => {
    const sut = new Watermark();
    sut.observe([partition('tx.started', 4n, 5n), partition('cp.boot', 6n, 7n)], 10_000);
    expect(sut.observe([partition('tx.started', 5n, 9n)], 11_000)).toBe(false);
    expect(sut.observe([partition('tx.started', 8n, 9n)], 12_000)).toBe(false);
    expect(sut.observe([partition('tx.started', 9n, 20n)], 13_000)).toBe(true);
    expect(sut.settledBefore).toEqual(new Date(10_750));
  });
});
