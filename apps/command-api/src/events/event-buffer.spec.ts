import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventBuffer } from './event-buffer.ts';

const item = (name: string, bytes = 1) => ({ name, bytes });

describe('EventBuffer', () => {
  it('gives back what it took, in order, and takes no more than its limits', () => {
    const step = fc.oneof(fc.record({ bytes: fc.nat(12) }), fc.constant(null));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const buffer = new EventBuffer<{ name: string; bytes: number }>({ items: 4, bytes: 20 });
        const model: { name: string; bytes: number }[] = [];
        steps.forEach((each, index) => {
          if (each === null) return expect(buffer.take()).toBe(model.shift());
          const next = item(String(index), each.bytes);
          const held = model.reduce((sum, { bytes }) => sum + bytes, 0);
          const fits = model.length < 4 && (model.length === 0 || held + each.bytes <= 20);
          expect(buffer.offer(next)).toBe(fits);
          if (fits) model.push(next);
        });
      }),
    );
  });

  it('waits for room, until it is there or no longer wanted', async () => {
    const buffer = new EventBuffer<{ name: string; bytes: number }>({ items: 1, bytes: 100 });
    const over = new AbortController();
    expect(await buffer.put(item('1'), over.signal)).toBe(true);
    const second = buffer.put(item('2'), over.signal);
    expect(buffer.take()?.name).toBe('1');
    expect(await second).toBe(true);
    const third = buffer.put(item('3'), over.signal);
    over.abort();
    buffer.clear();
    expect(await third).toBe(false);
    expect(buffer.take()).toBeUndefined();
  });
});
