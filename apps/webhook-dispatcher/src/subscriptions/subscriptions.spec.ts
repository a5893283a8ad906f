import { describe, expect, it } from '@jest/globals';
import { Subscriptions, secretsAt, type Subscription } from './subscriptions.ts';

describe('Subscriptions', () => {
  const one = (name: string, events: string[], more: Partial<Subscription> = {}): Subscription => ({
    name,
    events,
    url: 'https://a.b',
    secrets: [{ value: 'whsec_', until: null }],
    ordered: true,
    state: 'active',
    ...more,
  });
  const names = (found: Subscription[]) => found.map(({ name }) => name);

  it('finds those that want an event, also while nothing is sent to them', () => {
    const sut = new Subscriptions([
      one('all', ['*'], { state: 'paused' }),
      one('tx', ['tx.*', 'tx.ended']),
      one('boot', ['cp.boot']),
    ]);
    expect(names(sut.wanting('tx.ended'))).toEqual(['all', 'tx']);
    sut.disable('tx');
    expect(names(sut.wanting('tx.ended'))).toEqual(['all', 'tx']);
    expect(['all', 'tx', 'boot', 'none'].map((name) => sut.isActive(name))).toEqual([false, false, true, false]);
  });

  it('is what was read last', () => {
    const sut = new Subscriptions([one('a', ['*'])]);
    sut.disable('a');
    sut.replace([one('a', ['*']), one('b', ['*'], { secrets: [] })]);
    expect(['a', 'b'].map((name) => sut.isActive(name))).toEqual([true, false]);
    sut.disable('none');
    expect(names(sut.all)).toEqual(['a', 'b']);
  });

  it('signs with the old secret of a rotation until its time', () => {
    const until = new Date('2026-05-01T12:00:00Z');
    const rotated = one('a', ['*'], {
      secrets: [
        { value: 'new', until: null },
        { value: 'old', until },
      ],
    });
    expect(secretsAt(rotated, new Date('2026-05-01T11:59:59Z'))).toEqual(['new', 'old']);
    expect(secretsAt(rotated, until)).toEqual(['new']);
  });
});
