import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ReconnectDamper } from './reconnect-damper.ts';

const S = 1_000;
const OPTIONS = { lastingMs: 30 * S, free: 5, firstDelayMs: 1 * S, maxDelayMs: 60 * S };

function damper(options: Partial<typeof OPTIONS> = {}) {
  const clock = { ms: 0 };
  const sut = new ReconnectDamper({ ...OPTIONS, ...options, now: () => clock.ms });
  /** One try, and a connection of that length if it is let in. */
  const visit = (lengthMs: number, source = '1.1.1.1'): boolean => {
    if (sut.check('CP1') !== null) return false;
    const { ended } = sut.opened('CP1', source);
    clock.ms += lengthMs;
    ended();
    return true;
  };
  return { sut, clock, visit };
}

describe(ReconnectDamper.name, () => {
  it('F35 holds back a charger that reconnects once a second for ever, longer and longer', () => {
    const { clock, visit } = damper();
    const times: number[] = [];
    for (; clock.ms < 600 * S; clock.ms += 900) if (visit(100)) times.push(clock.ms);
    const gaps = times.map((time, n) => time - (times[n - 1] ?? time));
    expect(times.filter((time) => time < 6 * S)).toHaveLength(6);
    expect(times.length).toBeLessThan(25);
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(60 * S);
    expect(Math.max(...gaps)).toBeLessThan(63 * S);
  });

  it('F35 says how long to wait', () => {
    const { sut, visit } = damper();
    for (let n = 0; n < 8; n++) visit(0);
    expect(sut.check('CP1')).toMatchObject({
      status: 503,
      reason: 'reconnects_too_often',
      headers: { 'retry-after': '1' },
    });
    expect(sut.check('cp1')).not.toBeNull();
    expect(sut.check('CP2')).toBeNull();
  });

  it('F35 never holds back a charger whose connection lasted, whatever it did before', () => {
    const { clock, visit } = damper();
    for (let n = 0; n < 20; n++) visit(0);
    clock.ms += 60 * S;
    for (let n = 0; n < 50; n++) expect(visit(30 * S)).toBe(true);
    for (let n = 0; n < 6; n++) expect(visit(1)).toBe(true);
  });

  it('F35 lets an honest reconnect in while the old connection is still open', () => {
    const { sut, clock } = damper();
    for (let n = 0; n < 100; n++) {
      expect(sut.check('CP1')).toBeNull();
      sut.opened('CP1', '1.1.1.1');
      clock.ms += 30 * S;
    }
  });

  it('F35 calms two clients that fight over one identity, and says so', () => {
    const { sut, clock } = damper();
    let last = sut.opened('CP1', 'a');
    let takeovers = 0;
    for (let n = 0; clock.ms < 300 * S; n++, clock.ms += 10) {
      if (sut.check('CP1') !== null) continue;
      const { ended } = last;
      last = sut.opened('CP1', n % 2 === 0 ? 'b' : 'a');
      ended();
      takeovers += 1;
    }
    expect(takeovers).toBeLessThan(60);
    expect(last.reconnects.sources.sort()).toEqual(['a', 'b']);
    const shortly = damper();
    for (let n = 0; n < 4; n++) shortly.sut.opened('CP1', 'a');
    expect(shortly.sut.opened('CP1', 'b').reconnects).toMatchObject({ connections: 5, takeovers: 4, since: 0 });
  });

  it('F35 judges by what was let in: who is refused makes it no worse', () => {
    const { sut, clock, visit } = damper();
    for (let n = 0; n < 6; n++) visit(0);
    const before = sut.check('CP1')?.headers;
    for (let n = 0; n < 1000; n++) sut.check('CP1');
    expect(sut.check('CP1')?.headers).toEqual(before);
    clock.ms += 1 * S;
    expect(sut.check('CP1')).toBeNull();
  });

  it('F35 forgets', () => {
    const { clock, visit } = damper();
    for (let n = 0; n < 100; n++) {
      visit(0);
      clock.ms += 60 * S;
    }
    clock.ms += 15 * 60 * S;
    for (let n = 0; n < 5; n++) expect(visit(0)).toBe(true);
  });

  it('F35 holds nobody back where it is set so', () => {
    const { visit } = damper({ maxDelayMs: 0 });
    for (let n = 0; n < 1000; n++) expect(visit(0)).toBe(true);
  });

  it('F35 never makes anybody wait longer than it may, whatever comes', () => {
    const visits = fc.array(fc.tuple(fc.nat(40 * S), fc.nat(90 * S)), { maxLength: 60 });
    fc.assert(
      fc.property(visits, (plan) => {
        const { sut, clock, visit } = damper();
        for (const [length, pause] of plan) {
          visit(length);
          clock.ms += pause;
        }
        clock.ms += 60 * S;
        expect(sut.check('CP1')).toBeNull();
      }),
    );
  });
});
