import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { settled } from './settled.ts';

describe('settled', () => {
  it('gives all values in their order', async () => {
    expect(await settled([sleep(5, 1), Promise.resolve(2)])).toEqual([1, 2]);
  });

  it('rejects with the first fault, after the last write has ended', async () => {
    let ended = false;
    const late = sleep(10).then(() => {
      ended = true;
      throw new Error('aborted');
    });
    await expect(settled([late, Promise.reject(new Error('stale'))])).rejects.toThrow('stale');
    expect(ended).toBe(true);
  });
});
