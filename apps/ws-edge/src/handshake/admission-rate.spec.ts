import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AdmissionRate } from './admission-rate.ts';

function rate(options: { perSecond: number; burst: number; random?: () => number }) {
  const clock = { ms: 0 };
  const sut = new AdmissionRate({ random: () => 0.5, ...options, now: () => clock.ms });
  const retryAfter = (): number => Number(sut.check()?.headers?.['retry-after']);
  return { sut, clock, retryAfter };
}

describe(AdmissionRate.name, () => {
  it('takes a burst at once, then as many as the rate says', () => {
    const { sut, clock } = rate({ perSecond: 2, burst: 3 });
    const taken = (tries: number): number =>
      Array.from({ length: tries }, () => sut.check()).filter((refusal) => refusal === null).length;
    expect(taken(10)).toBe(3);
    clock.ms = 1000;
    expect(taken(10)).toBe(2);
    clock.ms = 60_000;
    expect(taken(10)).toBe(3);
  });

  it('turns the others away with 503 and a time to come again', () => {
    const { sut } = rate({ perSecond: 1, burst: 1 });
    sut.check();
    expect(sut.check()).toMatchObject({ status: 503, reason: 'too_many_handshakes', headers: { 'retry-after': '3' } });
  });

  it('spreads their return over the time that all of them need, within bounds', () => {
    let chance = 0;
    const { sut, retryAfter } = rate({ perSecond: 10, burst: 1, random: () => chance });
    sut.check();
    expect(retryAfter()).toBe(1);
    chance = 0.999;
    expect(retryAfter()).toBe(5);
    for (let n = 0; n < 300; n++) sut.check();
    expect(retryAfter()).toBe(31);
    for (let n = 0; n < 5000; n++) sut.check();
    expect(retryAfter()).toBe(120);
  });

  it('forgets the crowd as room is made for it', () => {
    const { sut, clock, retryAfter } = rate({ perSecond: 10, burst: 1, random: () => 0.999 });
    for (let n = 0; n < 400; n++) sut.check();
    clock.ms = 39_000;
    expect(sut.check()).toBeNull();
    expect(retryAfter()).toBe(5);
  });

  it('has room again for what was given back, and never more than the burst', () => {
    const { sut } = rate({ perSecond: 1, burst: 2 });
    sut.check();
    for (let n = 0; n < 5; n++) sut.giveBack();
    expect([sut.check(), sut.check()]).toEqual([null, null]);
    expect(sut.check()).not.toBeNull();
  });

  it('never takes more than burst and rate allow, whenever they come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (waits, perSecond, burst) => {
        const { sut, clock } = rate({ perSecond, burst });
        let taken = 0;
        for (const wait of waits) {
          clock.ms += wait;
          if (sut.check() === null) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(burst + (clock.ms / 1000) * perSecond + 1e-6);
      }),
    );
  });
});
