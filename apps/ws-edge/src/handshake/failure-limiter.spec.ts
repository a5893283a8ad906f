import { describe, expect, it } from '@jest/globals';
import { FailureLimiter } from './failure-limiter.ts';

const limits = { windowMs: 60_000, perIdentity: 3, perSource: 5 };

describe(FailureLimiter.name, () => {
  it('blocks a source at an identity after its failures, and lets it try again after the window', () => {
    let now = 0;
    const sut = new FailureLimiter(limits, () => now);
    for (let i = 0; i < 3; i++) {
      expect(sut.blocked('1.1.1.1', 'CP1')).toBe(false);
      sut.started('1.1.1.1', 'CP1');
    }
    expect(sut.blocked('1.1.1.1', 'cp1')).toBe(true);
    now = 60_000;
    expect(sut.blocked('1.1.1.1', 'CP1')).toBe(false);
  });

  it('lets nobody lock a charger out from elsewhere', () => {
    const sut = new FailureLimiter(limits, () => 0);
    for (let i = 0; i < 10; i++) sut.started('6.6.6.6', 'CP1');
    expect(sut.blocked('1.1.1.1', 'CP1')).toBe(false);
  });

  it('forgets the failures of a pair when it succeeds', () => {
    const sut = new FailureLimiter(limits, () => 0);
    for (let i = 0; i < 3; i++) sut.started('1.1.1.1', 'CP1');
    sut.succeeded('1.1.1.1', 'CP1');
    expect(sut.blocked('1.1.1.1', 'CP1')).toBe(false);
  });

  it('blocks a source that tries many identities', () => {
    const sut = new FailureLimiter(limits, () => 0);
    for (let i = 0; i < 5; i++) sut.failed('6.6.6.6');
    expect(sut.blocked('6.6.6.6', 'CP99')).toBe(true);
  });
});
