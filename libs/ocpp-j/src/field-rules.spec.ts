import { describe, expect, it } from '@jest/globals';
import { FIELD_RULES } from './field-rules.ts';

describe('the catalogue of field rules', () => {
  it('names each rule once', () => {
    const ids = FIELD_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a rule for each of the twenty behaviours of notes 4', () => {
    const behaviours = new Set<number>(FIELD_RULES.map(({ behaviour }) => behaviour));
    expect([...behaviours].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});
