import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AdmissionRate } from './admission-rate.ts';

function rate({ perSecond, burst }: { perSecond: number; burst: number }) {
  const state = { ms: 0, waitMs: 0 };
  const sut = new AdmissionRate({ perSecond, burst, waitMs: () => state.waitMs, now: () => state.ms });
  const retryAfter = (): number => Number(sut.check()?.headers?.['retry-after']);
  return { sut, state, retryAfter };
}

describe(AdmissionRate.name, () => {
  it('takes a burst at once, then as many as the rate says', () => {
    const { sut, state } = rate({ perSecond: 2, burst: 3 });
    const taken = (tries: number): number =>
      Array.from({ length: tries }, () => sut.check()).filter((refusal) => refusal === null).length;
    expect(taken(10)).toBe(3);
    state.ms = 1000;
    expect(taken(10)).toBe(2);
    state.ms = 60_000;
    expect(taken(10)).toBe(3);
  });

  it('takes hardly anybody while those who are in wait for long, and goes on when they do not', () => {
    const { sut, state } = rate({ perSecond: 1000, burst: 1000 });
    state.waitMs = 501;
    for (let n = 0; n < 40; n++) expect(sut.check()).toBeNull();
    expect(sut.check()).toMatchObject({ status: 503, reason: 'too_many_handshakes', headers: { 'retry-after': '1' } });
    state.waitMs = 500;
    expect(sut.check()).toBeNull();
  });

  it('takes a fiftieth of the rate however long those who are in wait, so that nobody stays out for ever', () => {
    const { sut, state } = rate({ perSecond: 1000, burst: 1000 });
    state.waitMs = 60_000;
    let taken = 0;
    for (state.ms = 0; state.ms < 10_000; state.ms += 10) if (sut.check() === null) taken += 1;
    // And the forty that it takes at once.
    expect(taken).toBeGreaterThanOrEqual(238);
    expect(taken).toBeLessThanOrEqual(240);
  });

  it('takes a few strangers, too, however long those who are in wait, and leaves half of that to known ones', () => {
    const { sut, state } = rate({ perSecond: 1000, burst: 1000 });
    state.waitMs = 60_000;
    let strangers = 0;
    while (sut.check() === null && sut.checkStranger() === null) strangers += 1;
    expect(strangers).toBe(10);
    expect(sut.check()).toBeNull();
  });

  it('takes strangers only while there is room for many others', () => {
    const { sut, state } = rate({ perSecond: 1000, burst: 10 });
    state.waitMs = 250;
    for (let n = 0; n < 100; n++) expect(sut.checkStranger()).toBeNull();
    state.waitMs = 251;
    expect(Array.from({ length: 100 }, () => sut.checkStranger()).filter((refusal) => refusal === null).length).toBe(
      21,
    );
    state.waitMs = 0;
    for (let n = 0; n < 6; n++) sut.check();
    expect(sut.checkStranger()).toMatchObject({ reason: 'too_many_handshakes' });
  });

  it('asks those who are refused to come back one after the other at the rate, within two minutes', () => {
    const { sut, retryAfter } = rate({ perSecond: 10, burst: 1 });
    sut.check();
    expect(Array.from({ length: 25 }, retryAfter)).toEqual([
      ...Array.from({ length: 10 }, () => 1),
      ...Array.from({ length: 10 }, () => 2),
      ...Array.from({ length: 5 }, () => 3),
    ]);
    for (let n = 0; n < 5000; n++) sut.check();
    expect(retryAfter()).toBe(120);
  });

  it('asks them at the pace at which it could accept lately, and a little faster', () => {
    const { sut, state, retryAfter } = rate({ perSecond: 100, burst: 100 });
    // For ten seconds twenty a second come, and every other one finds room.
    for (let n = 0; n < 200; n++) {
      state.ms += 50;
      state.waitMs = n % 2 === 0 ? 0 : 600;
      sut.check();
    }
    state.waitMs = 600;
    const soonest = retryAfter();
    const further = Array.from({ length: 100 }, retryAfter).at(-1) ?? 0;
    expect(further - soonest).toBeGreaterThanOrEqual(6);
    expect(further - soonest).toBeLessThanOrEqual(9);
  });

  it('asks nobody to wait for a crowd that has come and gone', () => {
    const { sut, state, retryAfter } = rate({ perSecond: 10, burst: 1 });
    for (let n = 0; n < 400; n++) sut.check();
    state.ms = 41_000;
    expect(sut.check()).toBeNull();
    expect(retryAfter()).toBe(1);
  });

  it('has room again for what was given back, and never more than the burst', () => {
    const { sut } = rate({ perSecond: 1, burst: 2 });
    sut.check();
    for (let n = 0; n < 5; n++) sut.giveBack();
    expect([sut.check(), sut.check()]).toEqual([null, null]);
    expect(sut.check()).not.toBeNull();
  });

  it('lets a fleet in as fast as it can be served, when all come back as they are asked', () => {
    const { sut, state } = rate({ perSecond: 1000, burst: 500 });
    const SERVED_PER_S = 200;
    const FLEET = 4000;
    /** When each comes, or comes again. */
    let coming = Array.from({ length: FLEET }, (_, n) => n);
    let queued = 0;
    let lastIn = 0;
    while (coming.length > 0) {
      state.ms += 10;
      queued = Math.max(0, queued - SERVED_PER_S / 100);
      coming = coming.flatMap((due, n) => {
        if (due > state.ms) return [due];
        state.waitMs = (queued / SERVED_PER_S) * 1000;
        const refusal = sut.check();
        // Chargers differ in how exactly they wait.
        if (refusal) return [state.ms + Number(refusal.headers?.['retry-after']) * 1000 + (n % 100) * 10];
        queued += 1;
        lastIn = state.ms;
        return [];
      });
    }
    expect(lastIn).toBeLessThan((FLEET / SERVED_PER_S) * 1000 * 1.25);
  });

  it('never takes more than burst and rate allow, whenever they come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (waits, perSecond, burst) => {
        const { sut, state } = rate({ perSecond, burst });
        let taken = 0;
        for (const wait of waits) {
          state.ms += wait;
          if (sut.check() === null) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(burst + (state.ms / 1000) * perSecond + 1e-6);
      }),
    );
  });
});
