import { afterAll, beforeAll, describe } from '@jest/globals';
import { startEnvoyStack, type EnvoyStack } from './envoy-stack.ts';
import { envoyDispatchSuite } from './suites/envoy-dispatch.cases.ts';
import { envoyListenerSuite } from './suites/envoy-listener.cases.ts';

let stack: EnvoyStack | undefined;

beforeAll(async () => {
  stack = await startEnvoyStack();
}, 120_000);

afterAll(async () => stack?.stop(), 60_000);

const running = (): EnvoyStack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};

describe('the listener at Envoy', () => envoyListenerSuite(running));
describe('commands behind Envoy', () => envoyDispatchSuite(running));
