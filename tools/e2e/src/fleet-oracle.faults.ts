import { afterAll, beforeAll, describe } from '@jest/globals';
import { startStack, type Stack } from './stack.ts';
import { fleetOracleSuite } from './suites/fleet-oracle.ts';

let stack: Stack | undefined;

beforeAll(async () => {
  stack = await startStack('fleet-oracle', { memory: 10_000_000 });
}, 180_000);

afterAll(async () => stack?.stop(), 60_000);

const running = (): Stack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};

describe('a large fleet that misbehaves', () => fleetOracleSuite(running, 6_000, 600_000));
