import { afterAll, beforeAll, describe } from '@jest/globals';
import { startStack, type Stack } from './stack.ts';
import { fleetOracleSuite } from './suites/fleet-oracle.cases.ts';

/** In fast time a charger that comes back after minutes seems to reconnect in a loop. */
const FAST = { EVEYS_OCPP_WS_RECONNECT_MAX_DELAY_S: '0' };

let stack: Stack | undefined;

beforeAll(async () => {
  stack = await startStack('fleet-oracle', { memory: 10_000_000 }, FAST);
}, 180_000);

afterAll(async () => stack?.stop(), 60_000);

const running = (): Stack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};

describe('a large fleet that misbehaves', () => fleetOracleSuite(running, { sessions: 6_000 }, 1_200_000));
