import { beforeAll, describe, expect, it } from '@jest/globals';
import { fuzzAll } from './api-fuzz/fuzz.ts';
import type { FuzzResult } from './api-fuzz/schemathesis.ts';

let results: FuzzResult[];

// A few requests of each kind for every operation. `make api-fuzz` makes more of them.
beforeAll(async () => {
  results = await fuzzAll({ examples: 1, seed: 1 });
}, 600_000);

describe('the API under requests made from its description', () => {
  const of = (name: string): FuzzResult => {
    const found = results.find((result) => result.name === name);
    if (!found) throw new Error(`there was no run ${name}`);
    return found;
  };

  it.each(['full-token', 'no-token', 'read-token'])('answers as described, every operation, with %s', (name) => {
    const { findings, operations } = of(name);
    expect(findings).toEqual([]);
    expect(operations[0]).toBe(operations[1]);
  });

  it('was asked for charge points that do what they are asked, answer wrongly, and do not answer', () => {
    expect([...of('full-token').statuses.keys()]).toEqual(expect.arrayContaining([200, 409, 502, 504]));
  });

  it('gives nothing away without a token, and changes nothing with one that may read', () => {
    // 200 and 405 are of the two routes for probes, which need no token.
    expect([...of('no-token').statuses.keys()].filter((status) => ![200, 401, 405, 431].includes(status))).toEqual([]);
    expect(of('read-token').statuses.get(201)).toBeUndefined();
    expect(of('read-token').statuses.get(403)).toBeGreaterThan(0);
  });
});
