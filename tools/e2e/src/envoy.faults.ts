import { afterAll, beforeAll, describe } from '@jest/globals';
import { startEnvoyStack, type EnvoyStack } from './envoy-stack.ts';
import { envoyPodsSuite } from './suites/envoy-pods.cases.ts';
import { envoyRestartSuite } from './suites/envoy-restart.cases.ts';

let stack: EnvoyStack | undefined;

beforeAll(async () => {
  stack = await startEnvoyStack();
}, 120_000);

afterAll(async () => stack?.stop(), 60_000);

const running = (): EnvoyStack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};

describe('pods behind Envoy', () => envoyPodsSuite(running));
describe('a rolling restart behind Envoy', () => envoyRestartSuite(running));
