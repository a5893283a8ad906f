import { afterAll, beforeAll, describe } from '@jest/globals';
import { backendAwaySuite } from './degraded/backend-away.cases.ts';
import { enginesAwaySuite } from './degraded/engines-away.cases.ts';
import { kafkaAwaySuite, kafkaBackSuite } from './degraded/kafka-away.cases.ts';
import { podsAwaySuite } from './degraded/pods-away.cases.ts';
import { startStack, type Stack } from './stack.ts';

/** Waits that operators want long, short enough to be waited for. */
const IMPATIENT = {
  EVEYS_OCPP_BACKEND_DEADLINE_S: '1',
  EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S: '0.5',
  EVEYS_OCPP_WS_ONLINE_TTL_S: '3',
  EVEYS_OCPP_WS_DRAIN_LB_S: '0.2',
  EVEYS_OCPP_WS_DRAIN_WINDOW_S: '0.5',
};

let stack: Stack | undefined;

beforeAll(async () => {
  stack = await startStack('degraded', {}, IMPATIENT);
}, 180_000);

afterAll(async () => stack?.stop(), 60_000);

const running = (): Stack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};

// docs/degraded-modes.md: a row there, a test here.
describe('with Kafka away, the gateway', () => kafkaAwaySuite(running));
describe('with an engine away', () => enginesAwaySuite(running));
describe('with Kafka back, the gateway', () => kafkaBackSuite(running));
describe('with the backend away, the gateway', () => backendAwaySuite(running));
describe('with pods away', () => podsAwaySuite(running));
