import { afterAll, beforeAll, describe } from '@jest/globals';
import { startConsumers, type Consumers } from './consumers/consumers.ts';
import { killedSuite } from './consumers/killed.cases.ts';
import { movingSuite } from './consumers/moving.cases.ts';
import { refusedSuite } from './consumers/refused.cases.ts';

let consumers: Consumers | undefined;

beforeAll(async () => {
  consumers = await startConsumers();
}, 180_000);

afterAll(async () => consumers?.stop(), 60_000);

const running = (): Consumers => {
  if (!consumers) throw new Error('the consumers did not start');
  return consumers;
};

describe('with a consumer killed', () => killedSuite(running));
describe('with partitions changing hands and engines going', () => movingSuite(running));
describe('with what no retry helps', () => refusedSuite(running));
