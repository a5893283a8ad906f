import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { InstanceLease } from './instance-lease.ts';

describe(InstanceLease.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function start() {
    const postgres = { isAway: false };
    const calls: string[] = [];
    const reach = async <Answer>(call: string, answer: Answer): Promise<Answer> => {
      if (postgres.isAway) throw new Error('database down');
      calls.push(call);
      return answer;
    };
    const sut = new InstanceLease({
      instances: {
        beat: (id, pod) => reach(`beat ${id} ${pod}`, undefined),
        connectionsOf: () => reach('connections', ['c1']),
        leave: (id) => reach(`leave ${id}`, undefined),
      },
      instanceId: 'i-1',
      pod: 'pod-1',
      ttlMs: 9_000,
      reconcile: (ids) => void calls.push(`reconcile ${ids.join()}`),
      logger: recordingLogger(),
    });
    return { sut, postgres, calls };
  }

  it('tells that it is alive and makes its rows right, before the first connection and then over and over', async () => {
    const { sut, calls } = start();
    await sut.start();
    const round = ['beat i-1 pod-1', 'connections', 'reconcile c1'];
    expect(calls).toEqual(round);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(calls).toEqual([...round, ...round]);
    await sut.stop();
    expect(calls.at(-1)).toBe('leave i-1');
  });

  it('is steady once Postgres has been there for the life of a lease, and not right after it was away', async () => {
    const { sut, postgres } = start();
    await sut.start();
    expect(sut.steady).toBe(false);
    await jest.advanceTimersByTimeAsync(9_000);
    expect(sut.steady).toBe(true);
    postgres.isAway = true;
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sut.steady).toBe(false);
    postgres.isAway = false;
    await jest.advanceTimersByTimeAsync(9_000);
    expect(sut.steady).toBe(false);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sut.steady).toBe(true);
    await sut.stop();
  });
});
