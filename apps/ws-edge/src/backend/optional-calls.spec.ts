import { describe, expect, it } from '@jest/globals';
import { optionalCalls } from './optional-calls.ts';

describe('optionalCalls', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['cost', ['cost']],
    [' cost, charging-needs ,ev-certificate,', ['cost', 'charging-needs', 'ev-certificate']],
  ])('reads %j', (text, calls) => {
    expect(optionalCalls.parse(text)).toEqual(calls);
  });

  it.each(['costs', 'cost;ev-certificate'])('refuses %j', (text) => {
    expect(optionalCalls.safeParse(text).success).toBe(false);
  });
});
