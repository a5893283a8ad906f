import { describe, expect, it } from '@jest/globals';
import { startTogether } from './started.ts';

describe('startTogether', () => {
  const stoppable = (name: string, stopped: string[]): { stop(): Promise<unknown> } => ({
    stop: async () => stopped.push(name),
  });

  it('stops in the reverse order', async () => {
    const stopped: string[] = [];
    const both = await startTogether(async (started) => {
      await started.keep(stoppable('first', stopped));
      await started.keep(Promise.resolve(stoppable('second', stopped)));
      return { what: 'both' };
    });
    expect(both.what).toBe('both');
    await both.stop();
    expect(stopped).toEqual(['second', 'first']);
  });

  it('leaves nothing behind when something cannot start', async () => {
    const stopped: string[] = [];
    const starting = startTogether(async (started) => {
      await started.keep(stoppable('first', stopped));
      throw new Error('no second');
    });
    await expect(starting).rejects.toThrow('no second');
    expect(stopped).toEqual(['first']);
  });
});
