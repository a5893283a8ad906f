import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Injector, type Victim } from './injector.ts';
import { TARGETS, type Target } from './plan.ts';

function victims(heard: string[], startMs = 0): Record<Target, Victim> {
  return Object.fromEntries(
    TARGETS.map((target) => [
      target,
      {
        kill: async () => void heard.push(`${target} killed`),
        start: async () => {
          await delay(startMs);
          heard.push(`${target} started`);
        },
      },
    ]),
  ) as Record<Target, Victim>;
}

describe('Injector', () => {
  it('lets faults of different targets overlap', async () => {
    const heard: string[] = [];
    await new Injector(victims(heard), () => undefined).run(
      [
        { atMs: 0, target: 'redis', downMs: 2_000 },
        { atMs: 20, target: 'kafka', downMs: 10 },
      ],
      100,
    );
    expect(heard).toEqual(['redis killed', 'kafka killed', 'kafka started', 'redis started']);
  });

  it('does not kill a process while it drains', async () => {
    const heard: string[] = [];
    await new Injector(victims(heard, 30), () => undefined).run(
      [
        { atMs: 0, target: 'edge-a-drain', downMs: 30 },
        { atMs: 10, target: 'edge-a', downMs: 0 },
      ],
      20,
    );
    expect(heard).toEqual(['edge-a-drain killed', 'edge-a-drain started', 'edge-a killed', 'edge-a started']);
  });

  it('heals a target before it is hit again', async () => {
    const heard: string[] = [];
    const injector = new Injector(victims(heard, 30), () => undefined);
    await injector.run(
      [
        { atMs: 0, target: 'redis', downMs: 30 },
        { atMs: 10, target: 'redis', downMs: 0 },
      ],
      20,
    );
    expect(heard).toEqual(['redis killed', 'redis started', 'redis killed', 'redis started']);
    expect(injector.counts).toEqual(new Map([['redis', 2]]));
  });

  it('fails when something cannot be healed', async () => {
    const broken = {
      ...victims([]),
      redis: { kill: async () => undefined, start: () => Promise.reject(new Error('no')) },
    };
    const injector = new Injector(broken, () => undefined);
    await expect(injector.run([{ atMs: 0, target: 'redis', downMs: 0 }], 10)).rejects.toThrow('no');
  });
});
