import { describe, expect, it } from '@jest/globals';
import type { Subscription } from './declaration.ts';
import { isKnown, matches } from './event-pattern.ts';
import { Subscriptions } from './subscriptions.ts';

describe('matches', () => {
  it.each([
    ['*', 'cp.boot', true],
    ['tx.*', 'tx.started', true],
    ['tx.*', 'cp.boot', false],
    ['tx.*', 'txx.started', false],
    ['cp.boot', 'cp.boot', true],
    ['cp.boot', 'cp.boots', false],
  ])('%s covers %s: %s', (pattern, type, covered) => {
    expect(matches(pattern, type)).toBe(covered);
  });

  it('knows which patterns can match at all', () => {
    expect(['*', 'cp.*', 'tx.ended', 'a.*', 'tx.', ''].map(isKnown)).toEqual([true, true, true, false, false, false]);
  });
});

describe('Subscriptions', () => {
  const one = (name: string, events: string[]): Subscription => ({
    name,
    events,
    url: 'https://a.b',
    secrets: [],
    ordered: true,
  });

  it('finds those that want an event, without those disabled', () => {
    const sut = new Subscriptions([one('all', ['*']), one('tx', ['tx.*', 'tx.ended']), one('boot', ['cp.boot'])]);
    expect(sut.wanting('tx.ended').map(({ name }) => name)).toEqual(['all', 'tx']);
    sut.disable('all');
    expect(sut.wanting('tx.ended').map(({ name }) => name)).toEqual(['tx']);
    expect([sut.isEnabled('all'), sut.isEnabled('tx')]).toEqual([false, true]);
  });
});
