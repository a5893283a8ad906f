import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { withLock } from './lock.ts';
import { identify } from './process-table.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'data-plane-lock-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('withLock', () => {
  it('lets one in at a time, and tells the others who they wait for', async () => {
    const path = join(directory, 'a.lock');
    const holders: number[] = [];
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(30);
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(path, (holder) => holders.push(holder), work)));
    expect(most).toBe(1);
    expect(new Set(holders)).toEqual(new Set([process.pid]));
    expect(await readdir(directory)).toEqual([]);
  });

  it('takes over the lock of a dead process', async () => {
    const path = join(directory, 'a.lock');
    await writeFile(path, JSON.stringify({ ...(await identify(process.pid)), startTicks: 1 }));
    expect(
      await withLock(
        path,
        () => undefined,
        () => Promise.resolve('in'),
      ),
    ).toBe('in');
    expect(await readdir(directory)).toEqual([]);
  });

  it('is released when the work fails', async () => {
    const path = join(directory, 'a.lock');
    await expect(
      withLock(
        path,
        () => undefined,
        () => Promise.reject(new Error('broken')),
      ),
    ).rejects.toThrow('broken');
    expect(await readdir(directory)).toEqual([]);
  });
});
