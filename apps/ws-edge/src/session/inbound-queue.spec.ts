import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { InboundQueue, type InboundQueueOptions } from './inbound-queue.ts';

function lane(options: Partial<InboundQueueOptions> = {}, handleMs = 0) {
  const events: string[] = [];
  let running = 0;
  let most = 0;
  const sut = new InboundQueue<number, undefined>(
    { pauseAt: 4, overflowAt: 20, rate: { perSecond: 1e6, burst: 1e6 }, throttleLimitMs: 10_000, ...options },
    {
      handle: async (item) => {
        most = Math.max(most, ++running);
        await sleep(handleMs);
        running -= 1;
        events.push(String(item));
      },
      pause: () => events.push('pause'),
      resume: () => events.push('resume'),
      excess: (reason) => events.push(`excess: ${reason}`),
    },
    undefined,
  );
  return { sut, events, most: () => most };
}

describe(InboundQueue.name, () => {
  it('handles one at a time, in order', async () => {
    const { sut, events, most } = lane({ pauseAt: 100 }, 1);
    for (let i = 0; i < 10; i++) sut.push(i);
    await sut.idle();
    expect(events).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(most()).toBe(1);
  });

  it('pauses its source when full, and resumes it at half', async () => {
    const { sut, events } = lane();
    for (let i = 0; i < 5; i++) sut.push(i);
    expect(sut.isPaused).toBe(true);
    await sut.idle();
    expect(events).toEqual(['pause', '0', '1', '2', 'resume', '3', '4']);
    expect(sut.isPaused).toBe(false);
  });

  it('gives the peer up when even the pause does not stop it, once', async () => {
    const { sut, events } = lane({ overflowAt: 6 });
    for (let i = 0; i < 30; i++) sut.push(i);
    await sut.idle();
    expect(events.filter((event) => event.startsWith('excess'))).toHaveLength(1);
    expect(events).not.toContain('5');
  });

  it('slows down to the rate', async () => {
    const { sut } = lane({ rate: { perSecond: 100, burst: 1 } });
    const startedAt = performance.now();
    for (let i = 0; i < 6; i++) sut.push(i);
    await sut.idle();
    expect(performance.now() - startedAt).toBeGreaterThan(45);
  });

  it('gives up who is throttled all the time', async () => {
    const { sut, events } = lane({ rate: { perSecond: 2, burst: 1 }, throttleLimitMs: 50 });
    for (let i = 0; i < 15; i++) sut.push(i);
    await sut.idle();
    expect(events.at(-1)).toBe('excess: the rate limit is exceeded all the time');
  });

  it('drops what waits when it closes, and lets what runs finish', async () => {
    const { sut, events } = lane({}, 5);
    sut.push(1);
    sut.push(2);
    await sleep(1);
    sut.close();
    sut.push(3);
    await sut.idle();
    expect(events).toEqual(['1']);
  });

  it('goes on after it was idle', async () => {
    const { sut, events } = lane();
    sut.push(1);
    await sut.idle();
    sut.push(2);
    await sut.idle();
    expect(events).toEqual(['1', '2']);
  });
});
