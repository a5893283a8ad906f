import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HourlyDeletion, deleteInSteps } from './hourly-deletion.ts';

const DAY_MS = 86_400_000;

describe('HourlyDeletion', () => {
  beforeEach(() => void jest.useFakeTimers({ now: new Date('2026-05-08T00:00:00Z') }));
  afterEach(() => void jest.useRealTimers());

  const failed = jest.fn();
  const deleteOld = jest.fn<(before: Date) => Promise<number>>();
  const sut = new HourlyDeletion({ keptMs: 7 * DAY_MS, deleteOld, failed });

  it('deletes what is old enough every hour until it is stopped', async () => {
    deleteOld.mockResolvedValue(3);
    sut.start();
    sut.start();
    await jest.advanceTimersByTimeAsync(2 * 3_600_000);
    sut.stop();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(deleteOld.mock.calls.flat()).toEqual([new Date('2026-05-01T01:00:00Z'), new Date('2026-05-01T02:00:00Z')]);
  });

  it('goes on after a failure', async () => {
    const error = new Error('away');
    deleteOld.mockRejectedValueOnce(error).mockResolvedValueOnce(5);
    expect([await sut.run(new Date()), await sut.run(new Date())]).toEqual([0, 5]);
    expect(failed).toHaveBeenCalledWith(error);
  });
});

describe('deleteInSteps', () => {
  it('ends with the first step that is not full', async () => {
    const removed = [10, 10, 2, 10];
    const limits: number[] = [];
    const remove = (limit: number): Promise<number> => {
      limits.push(limit);
      return Promise.resolve(removed.shift() ?? 0);
    };
    expect(await deleteInSteps(10, remove)).toBe(22);
    expect(limits).toEqual([10, 10, 10]);
  });
});
