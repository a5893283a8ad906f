import { describe, expect, it } from '@jest/globals';
import { FailureLimiter } from './failure-limiter.ts';

const limits = { windowMs: 60_000, perIdentity: 3, perSource: 5 };

function failing(sut: FailureLimiter, times: number, source: string, identity = 'CP1'): void {
  for (let i = 0; i < times; i++) sut.failed(source, identity);
}

describe(FailureLimiter.name, () => {
  it('blocks a source at an identity after its failures, and lets it try again after the window', () => {
    let now = 0;
    const sut = new FailureLimiter(limits, () => now);
    for (let i = 0; i < 3; i++) sut.begin('1.1.1.1', 'CP1')?.failed();
    expect(sut.begin('1.1.1.1', 'cp1')).toBeNull();
    expect(sut.exhausted('1.1.1.1', 'cp1')).toBe(true);
    now = 60_000;
    expect(sut.begin('1.1.1.1', 'CP1')).not.toBeNull();
  });

  it('lets nobody lock a charger out from elsewhere', () => {
    const sut = new FailureLimiter(limits, () => 0);
    failing(sut, 10, '6.6.6.6');
    expect(sut.begin('1.1.1.1', 'CP1')).not.toBeNull();
  });

  it('forgets the failures of a pair when it succeeds', () => {
    const sut = new FailureLimiter(limits, () => 0);
    failing(sut, 2, '1.1.1.1');
    sut.begin('1.1.1.1', 'CP1')?.succeeded();
    failing(sut, 2, '1.1.1.1');
    expect(sut.begin('1.1.1.1', 'CP1')).not.toBeNull();
  });

  it('S2 neither counts nor clears anything for an attempt that found nothing out', () => {
    const sut = new FailureLimiter(limits, () => 0);
    failing(sut, 2, '1.1.1.1');
    for (let i = 0; i < 20; i++) sut.begin('1.1.1.1', 'CP1')?.dropped();
    sut.begin('1.1.1.1', 'CP1')?.failed();
    expect(sut.begin('1.1.1.1', 'CP1')).toBeNull();
  });

  it('S2 counts what is under way against the identity, and against a source that has failed', () => {
    const sut = new FailureLimiter(limits, () => 0);
    const running = [1, 2, 3].map(() => sut.begin('1.1.1.1', 'CP1'));
    expect(sut.begin('1.1.1.1', 'CP1')).toBeNull();
    running[0]?.dropped();
    expect(sut.begin('1.1.1.1', 'CP1')).not.toBeNull();
    sut.failed('6.6.6.6', 'CP9');
    const many = ['A', 'B', 'C', 'D', 'E', 'F'].map((identity) => sut.begin('6.6.6.6', identity));
    expect(many.filter((attempt) => attempt === null)).toHaveLength(2);
  });

  it('S2 counts nothing against a fleet behind one address while none of it fails', () => {
    const sut = new FailureLimiter(limits, () => 0);
    for (let n = 0; n < 100; n++) expect(sut.begin('1.1.1.1', `CP${n}`)).not.toBeNull();
  });

  it('blocks a source that tries many identities', () => {
    const sut = new FailureLimiter(limits, () => 0);
    for (let n = 0; n < 5; n++) failing(sut, 1, '6.6.6.6', `CP${n}`);
    expect(sut.begin('6.6.6.6', 'CP99')).toBeNull();
  });

  it('S2 serves a source the later the more it fails', () => {
    const sut = new FailureLimiter(limits, () => 0);
    const ranks = Array.from({ length: 5 }, () => {
      const rank = sut.rank('6.6.6.6');
      sut.failed('6.6.6.6', 'CP1');
      return rank;
    });
    expect(ranks).toEqual([0, 1, 1, 1, 2]);
  });
});
