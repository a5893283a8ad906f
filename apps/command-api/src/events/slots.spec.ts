import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.ts';

describe('Slots', () => {
  it('lets so many tasks run at once, and passes over those that nobody wants any more', async () => {
    const slots = new Slots(2);
    const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
    const began: number[] = [];
    const left = new AbortController();
    const wanted = new AbortController().signal;
    const runs = gates.map((gate, index) =>
      slots.run(
        () => {
          began.push(index);
          return gate.promise;
        },
        index === 2 ? left.signal : wanted,
      ),
    );
    expect(began).toEqual([0, 1]);
    left.abort();
    gates[0]?.resolve();
    await runs[0];
    await runs[2];
    expect(began).toEqual([0, 1, 3]);
    gates[1]?.reject(new Error('no'));
    await expect(runs[1]).rejects.toThrow('no');
    gates[3]?.resolve();
    await runs[3];
    let ran = false;
    await slots.run(async () => void (ran = true), wanted);
    expect(ran).toBe(true);
  });
});
