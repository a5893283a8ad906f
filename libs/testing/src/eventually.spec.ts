import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('gives the first value that is wanted', async () => {
    let n = 0;
    await expect(
      eventually(
        () => ++n,
        (value) => value > 3,
      ),
    ).resolves.toBe(4);
  });

  it('waits for a claim to come true, and takes an error for not yet', async () => {
    let n = 0;
    const claim = () => (++n === 1 ? Promise.reject(new Error('not there')) : n > 2);
    await expect(eventually(claim)).resolves.toBe(true);
    expect(n).toBe(3);
  });

  it('gives up with what it saw last', async () => {
    await expect(
      eventually(
        () => 'grey',
        (colour) => colour === 'green',
        40,
      ),
    ).rejects.toThrow('still "grey" after 40 ms');
    const cause = new Error('away');
    await expect(eventually(() => Promise.reject(cause), Boolean, 40)).rejects.toMatchObject({ cause });
  });
});
