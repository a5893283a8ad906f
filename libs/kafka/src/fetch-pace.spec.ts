import { describe, expect, it } from '@jest/globals';
import { FetchPace } from './fetch-pace.ts';

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

const never = new AbortController().signal;

describe(FetchPace.name, () => {
  it('lets all batches of a fetch end together, once messages have gathered', async () => {
    const sut = new FetchPace(100, never);
    sut.began();
    const first = sut.gathered(false);
    expect(await msOf(() => Promise.all([first, sut.gathered(false)]))).toBeGreaterThan(90);
  });

  it('lets none wait where one has more, those that wait already included', async () => {
    const sut = new FetchPace(10_000, never);
    sut.began();
    const waiting = sut.gathered(false);
    expect(await msOf(() => Promise.all([waiting, sut.gathered(true), sut.gathered(false)]))).toBeLessThan(1_000);
  });

  it('gathers again in the fetch after that', async () => {
    const sut = new FetchPace(100, never);
    sut.began();
    await sut.gathered(true);
    sut.began();
    expect(await msOf(() => sut.gathered(false))).toBeGreaterThan(50);
  });

  it('lets nobody wait who stops', async () => {
    const stopping = new AbortController();
    const sut = new FetchPace(10_000, stopping.signal);
    const waiting = sut.gathered(false);
    stopping.abort();
    expect(await msOf(() => waiting)).toBeLessThan(1_000);
  });
});
