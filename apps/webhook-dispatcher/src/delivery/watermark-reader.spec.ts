import { describe, expect, it } from '@jest/globals';
import { TOPICS, type Topic } from '@ocpp-gw/contracts';
import type { PartitionLag } from '@ocpp-gw/kafka';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { Watermark } from './watermark.ts';
import { WatermarkReader } from './watermark-reader.ts';

const at = (position: bigint, end: bigint): PartitionLag[] => [
  { topic: TOPICS.transactionEnded, partition: 0, lag: Number(end - position), position, end },
];

function reader(progressOf: (topics: readonly Topic[]) => Promise<readonly PartitionLag[]>) {
  const watermark = new Watermark();
  let rises = 0;
  const sut = new WatermarkReader({
    watermark,
    topics: () => [TOPICS.transactionEnded],
    progressOf,
    rose: () => (rises += 1),
    everyMs: 10,
    logger: { debug: () => undefined } as unknown as Logger,
  });
  return { sut, watermark, rises: () => rises };
}

describe(WatermarkReader.name, () => {
  it('reads nothing while no row waits', async () => {
    let readings = 0;
    const { sut } = reader(() => {
      readings += 1;
      return Promise.resolve(at(1n, 1n));
    });
    await sleep(300);
    expect(readings).toBe(0);
    await sut.stop();
  });

  it('reads the wanted topics until the watermark has passed the rows, and then no more', async () => {
    const asked: (readonly Topic[])[] = [];
    const { sut, watermark, rises } = reader((topics) => {
      asked.push(topics);
      // The commit of the rows' offsets follows.
      return Promise.resolve(asked.length < 3 ? at(1n, 2n) : at(2n, 2n));
    });
    const enqueuedAt = Date.now();
    sut.enqueued();
    while (watermark.settledBefore.getTime() < enqueuedAt) await sleep(5);
    await sleep(50);
    expect(asked).toEqual([[TOPICS.transactionEnded], [TOPICS.transactionEnded], [TOPICS.transactionEnded]]);
    expect(rises()).toBe(1);
    await sut.stop();
  });

  it('goes on for rows that are enqueued while it reads', async () => {
    let latest = 0;
    const { sut, watermark } = reader(() => {
      if (latest === 0) {
        sut.enqueued();
        latest = Date.now();
      }
      return Promise.resolve(at(2n, 2n));
    });
    sut.enqueued();
    while (latest === 0 || watermark.settledBefore.getTime() < latest) await sleep(5);
    await sut.stop();
    expect(latest).toBeGreaterThan(0);
  });

  it('reads again after Kafka was away', async () => {
    let readings = 0;
    const { sut, rises } = reader(() => {
      readings += 1;
      return readings === 1 ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve(at(2n, 2n));
    });
    sut.enqueued();
    while (rises() === 0) await sleep(5);
    expect(readings).toBe(2);
    await sut.stop();
  });

  it('ends while it waits', async () => {
    const { sut } = reader(() => Promise.resolve(at(1n, 2n)));
    sut.enqueued();
    const since = performance.now();
    await sut.stop();
    expect(performance.now() - since).toBeLessThan(200);
  });
});
