import { describe, expect, it } from '@jest/globals';
import { having, notExactlyOneOf, refusing } from './rules.ts';

describe('rules of requests', () => {
  it('refuse one shape, or any of several', () => {
    const [one, other] = [having('a', 'b'), having('c')];
    expect(one).toEqual({ required: ['a', 'b'], properties: { a: {}, b: {} } });
    expect(refusing(one)).toEqual({ not: one });
    expect(refusing(one, other)).toEqual({ not: { anyOf: [one, other] } });
  });

  it('refuse none and any two of fields of which one is needed', () => {
    expect(notExactlyOneOf('a', 'b', 'c')).toEqual([
      { not: { anyOf: [having('a'), having('b'), having('c')] } },
      having('a', 'b'),
      having('a', 'c'),
      having('b', 'c'),
    ]);
  });
});
