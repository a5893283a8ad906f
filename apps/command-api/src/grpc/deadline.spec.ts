import { describe, expect, it } from '@jest/globals';
import { commandTimeoutMs } from './deadline.ts';

describe('commandTimeoutMs', () => {
  it.each([
    ['what the request says', { timeoutSeconds: 5, deadline: Infinity, now: 0 }, 5000],
    ['the ceiling when nothing is said', { timeoutSeconds: 0, deadline: Infinity, now: 0 }, 30_000],
    ['the ceiling when more is asked for', { timeoutSeconds: 99, deadline: 99_000, now: 0 }, 30_000],
    ["less than the client's deadline", { timeoutSeconds: 5, deadline: new Date(3000), now: 1000 }, 1900],
    ['a moment when the deadline has passed', { timeoutSeconds: 5, deadline: 10, now: 1000 }, 1],
  ])('is %s', (_, parts, expected) => {
    expect(commandTimeoutMs(parts)).toBe(expected);
  });
});
