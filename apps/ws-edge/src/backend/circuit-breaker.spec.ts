import { describe, expect, it } from '@jest/globals';
import { CircuitBreaker } from './circuit-breaker.ts';

function breaker(): { sut: CircuitBreaker; clock: { now: number } } {
  const clock = { now: 0 };
  return { sut: new CircuitBreaker({ threshold: 3, cooldownMs: 100, now: () => clock.now }), clock };
}

function fail(sut: CircuitBreaker, times: number): void {
  for (let i = 0; i < times; i++) sut.failed();
}

describe(CircuitBreaker.name, () => {
  it('stays closed below the threshold, and a success starts the count anew', () => {
    const { sut } = breaker();
    fail(sut, 2);
    sut.succeeded();
    fail(sut, 2);
    expect(sut.state).toBe('closed');
    expect(sut.admit()).toBe(true);
  });

  it('opens at the threshold and admits nothing until the cooldown is over', () => {
    const { sut, clock } = breaker();
    fail(sut, 3);
    clock.now = 99;
    expect(sut.state).toBe('open');
    expect(sut.admit()).toBe(false);
  });

  it('then lets one probe through, and closes when it succeeds', () => {
    const { sut, clock } = breaker();
    fail(sut, 3);
    clock.now = 100;
    expect(sut.state).toBe('half-open');
    expect([sut.admit(), sut.admit()]).toEqual([true, false]);
    sut.succeeded();
    expect(sut.state).toBe('closed');
  });

  it('stays open for another cooldown when the probe fails', () => {
    const { sut, clock } = breaker();
    fail(sut, 3);
    clock.now = 100;
    sut.admit();
    sut.failed();
    expect(sut.admit()).toBe(false);
    clock.now = 200;
    expect(sut.admit()).toBe(true);
  });

  it('lets another probe through when the first never reports', () => {
    const { sut, clock } = breaker();
    fail(sut, 3);
    clock.now = 100;
    sut.admit();
    clock.now = 200;
    expect(sut.admit()).toBe(true);
  });

  it('says how long it takes until a call may go out', () => {
    const { sut, clock } = breaker();
    expect(sut.admitsInMs).toBe(0);
    fail(sut, 3);
    clock.now = 30;
    expect(sut.admitsInMs).toBe(70);
    clock.now = 100;
    expect(sut.admitsInMs).toBe(0);
    sut.admit();
    clock.now = 110;
    expect(sut.admitsInMs).toBe(90);
    sut.succeeded();
    expect(sut.admitsInMs).toBe(0);
  });
});
