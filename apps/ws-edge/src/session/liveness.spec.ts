import { describe, expect, it } from '@jest/globals';
import { Liveness } from './liveness.ts';

const options = { pingIntervalMs: 30_000, silentIntervals: 3 };

describe(Liveness.name, () => {
  it('gives up after several silent intervals', () => {
    const sut = new Liveness(options, 0);
    expect(sut.isDead(90_000, null)).toBe(false);
    expect(sut.isDead(90_001, null)).toBe(true);
  });

  it('takes any traffic for a sign of life (notes 2.8)', () => {
    const sut = new Liveness(options, 0);
    sut.heard(50_000);
    expect(sut.isDead(140_000, null)).toBe(false);
    expect(sut.lastHeard).toBe(50_000);
  });

  it('measures an accepted charger that never answers pings by its heartbeat', () => {
    const sut = new Liveness(options, 0);
    expect(sut.isDead(800_000, 300_000)).toBe(false);
    expect(sut.isDead(900_001, 300_000)).toBe(true);
  });

  it('allows three heartbeats at least, however few intervals are allowed (notes 4.20)', () => {
    const sut = new Liveness({ pingIntervalMs: 30_000, silentIntervals: 1 }, 0);
    expect(sut.isDead(900_000, 300_000)).toBe(false);
    expect(sut.isDead(900_001, 300_000)).toBe(true);
  });

  it('tells who speaks and ignores pings from who has gone, and from who was never pinged', () => {
    const spoke = (sut: Liveness): boolean => {
      sut.heard(100_000);
      return sut.ignoresPings;
    };
    const pinged = (): Liveness => {
      const sut = new Liveness(options, 0);
      sut.pinged(1000);
      sut.pinged(90_000);
      return sut;
    };
    const ponged = pinged();
    ponged.ponged(2000);
    expect([spoke(pinged()), pinged().ignoresPings, spoke(ponged), spoke(new Liveness(options, 0))]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('does not count the time in which nothing could be read, until the next sign of life', () => {
    const sut = new Liveness(options, 0);
    sut.deaf(300_000);
    expect([sut.isDead(390_000, null), sut.isDead(390_001, null)]).toEqual([false, true]);
    sut.heard(390_000);
    expect([sut.lastHeard, sut.isDead(480_001, null)]).toEqual([390_000, true]);
  });

  it('measures a charger that answers pings by its pongs', () => {
    const sut = new Liveness(options, 0);
    sut.ponged(1000);
    expect(sut.isDead(91_001, 300_000)).toBe(true);
  });
});
