import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { processesFor, share, sourcesFor, specOf, type FleetOptions } from './fleet.ts';

const options: FleetOptions = {
  chargers: 1000,
  versions: ['1.6', '2.0.1'],
  sources: 3,
  urls: ['ws://a', 'ws://b'],
  prefix: 'P-',
};
const specs = Array.from({ length: 1000 }, (_, index) => specOf(index, options));

describe('specOf', () => {
  it('gives each edge half of the chargers of each version', () => {
    for (const version of options.versions)
      for (const url of options.urls)
        expect(specs.filter((one) => one.version === version && one.urls[0] === url)).toHaveLength(250);
  });

  it('knows every edge, so that a charger can go to another', () => {
    expect(specs[2]?.urls).toEqual(['ws://b', 'ws://a']);
  });

  it('gives each charger an identity of its own', () => {
    expect(new Set(specs.map(({ identity }) => identity)).size).toBe(1000);
  });

  it('spreads the chargers over source addresses that exist', () => {
    expect(new Set(specs.map(({ source }) => source))).toEqual(new Set(['127.0.0.2', '127.0.0.3', '127.0.0.4']));
    const many = Array.from({ length: 600 }, (_, index) => specOf(index, { ...options, sources: 600 }).source);
    expect(new Set(many).size).toBe(600);
    for (const source of many) expect(source).toMatch(/^127\.0\.\d\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/);
  });

  it('leaves the address to the system where none is asked for', () => {
    expect(specOf(0, { ...options, sources: 0 }).source).toBeUndefined();
  });
});

describe('share', () => {
  it('gives every charger to one process', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: 1, max: 16 }), (chargers, processes) => {
        const ranges = share(chargers, processes);
        expect(ranges[0]?.from).toBe(0);
        expect(ranges.at(-1)?.to).toBe(chargers);
        ranges.slice(1).forEach(({ from }, n) => expect(from).toBe(ranges[n]?.to));
      }),
    );
  });
});

describe('how many', () => {
  it.each([
    [30, 1, 0],
    [10_000, 2, 0],
    [36_000, 4, 18],
  ])('%i chargers need %i processes and %i sources', (chargers, processes, sources) => {
    expect([processesFor(chargers), sourcesFor(chargers)]).toEqual([processes, sources]);
  });
});
