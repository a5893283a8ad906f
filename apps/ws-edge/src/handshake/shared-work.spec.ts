import { describe, expect, it, jest } from '@jest/globals';
import { SharedWork } from './shared-work.ts';

const live = (): AbortSignal => new AbortController().signal;

describe(SharedWork.name, () => {
  it('S2 is done once for all who ask for it', async () => {
    const sut = new SharedWork<number>();
    const work = jest.fn(() => Promise.resolve(7));
    expect(sut.join('k', live())).toBeNull();
    const first = sut.begin('k', live(), work);
    expect(await Promise.all([first, sut.join('k', live()), sut.join('k', live())])).toEqual([7, 7, 7]);
    expect(work).toHaveBeenCalledTimes(1);
    expect(sut.join('k', live())).toBeNull();
  });

  it('S2 is given up when the last who waits for it is gone, and not before', async () => {
    const sut = new SharedWork<boolean>();
    const [one, two] = [new AbortController(), new AbortController()];
    let given: AbortSignal | undefined;
    const result = sut.begin(
      'k',
      one.signal,
      (signal) =>
        new Promise((resolve) => {
          given = signal;
          signal.addEventListener('abort', () => resolve(false));
        }),
    );
    await Promise.resolve();
    void sut.join('k', two.signal);
    one.abort();
    expect(given?.aborted).toBe(false);
    two.abort();
    expect(given?.aborted).toBe(true);
    expect(sut.join('k', live())).toBeNull();
    expect(await result).toBe(false);
  });

  it('is forgotten when it fails', async () => {
    const sut = new SharedWork<number>();
    await expect(sut.begin('k', live(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(sut.join('k', live())).toBeNull();
  });
});
