import { expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONSUMERS } from '@ocpp-gw/contracts';
import { until } from '../until.ts';
import type { Consumers } from './consumers.ts';
import { heardInOrder, storedOnce } from './effect.ts';
import { Flow } from './flow.ts';
import { members } from './group.ts';

const WHILE_MS = 1_500;

const fleet = (name: string): string[] => Array.from({ length: 6 }, (_, n) => `${name}-${n}`);

/** What goes on while partitions change hands and engines go. */
export function movingSuite(consumers: () => Consumers): void {
  const inGroups = (count: number): Promise<void> =>
    until(`${count} members in each group`, async () => {
      for (const group of Object.values(CONSUMERS))
        expect(await members(consumers().dataPlane.kafkaBrokers, group)).toBe(count);
    });

  it('a second of each joins, leaves, comes back and is killed: nothing is missing, doubled or out of order', async () => {
    const flow = new Flow(consumers().producer, fleet('REBALANCE'));
    flow.start();
    await sleep(WHILE_MS);
    const seconds = await consumers().another();
    await inGroups(2);
    await sleep(WHILE_MS);
    expect(await Promise.all(seconds.map((one) => one.stop('SIGTERM')))).toEqual([0, 0]);
    await inGroups(1);
    await sleep(WHILE_MS);
    await Promise.all(seconds.map((one) => one.launch()));
    await inGroups(2);
    await sleep(WHILE_MS);
    await Promise.all(seconds.map((one) => one.stop('SIGKILL')));
    await inGroups(1);
    await sleep(WHILE_MS);
    await flow.stop();
    await storedOnce(consumers(), flow);
    await heardInOrder(consumers(), flow);
  }, 180_000);

  it.each(['kafka', 'clickhouse', 'postgres'] as const)(
    '%s killed and started again: nothing is missing, doubled or out of order',
    async (engine) => {
      const { dataPlane, producer } = consumers();
      const flow = new Flow(producer, fleet(`WITHOUT-${engine}`));
      flow.start();
      await sleep(WHILE_MS);
      await dataPlane.kill(engine);
      await sleep(WHILE_MS);
      await dataPlane.start(engine);
      const before = flow.ids.length;
      await until('the flow to go on', async () => expect(flow.ids.length).toBeGreaterThan(before + 100));
      await flow.stop();
      await storedOnce(consumers(), flow);
      await heardInOrder(consumers(), flow);
    },
    180_000,
  );
}
