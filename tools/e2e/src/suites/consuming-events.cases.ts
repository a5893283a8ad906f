import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, encodeEvent } from '@ocpp-gw/contracts';
import { EventProducer, readLag } from '@ocpp-gw/kafka';
import type { FakeCharger } from '@ocpp-gw/testing';
import { Kafka, logLevel } from 'kafkajs';
import { booted } from '../booted-charger.ts';
import { readEvents, type SeenEvent } from '../events-seen.ts';
import { CONSUMERS_OF_GUIDE, OutsideConsumer } from '../outside-consumers.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';

const CP = 'CONSUMED-16';
const READ = [TOPICS.status, TOPICS.transactionStarted, TOPICS.transactionEnded] as const;
const STATUSES = 20;

/** The consumers of docs/integration/consuming-events.md on what the gateway has published. */
export function consumingEventsSuite(stack: () => Stack): void {
  let charger: FakeCharger;
  /** Events of the charger so far. */
  let happened = STATUSES + 2;
  const brokers = (): string => stack().dataPlane.kafkaBrokers;

  const status = async (value: string): Promise<void> => {
    await charger.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: value });
  };

  /** Each event of the charger once, in the order of its topic. */
  async function published(): Promise<SeenEvent[]> {
    const own = (all: readonly SeenEvent[]): SeenEvent[] => [
      ...new Map(all.filter(({ key }) => key === CP).map((one) => [one.event.id, one])).values(),
    ];
    return own(await readEvents(brokers(), READ, (all) => own(all).length >= happened));
  }

  async function committed(group: string): Promise<void> {
    const admin = new Kafka({ brokers: [brokers()], logLevel: logLevel.NOTHING }).admin();
    try {
      await admin.connect();
      const lags = await readLag(admin, group, READ);
      expect(lags.filter(({ lag }) => lag > 0)).toEqual([]);
    } finally {
      await admin.disconnect();
    }
  }

  beforeAll(async () => {
    charger = await booted(stack().edgeUrls[0], CP, 'ocpp1.6');
    for (let n = 0; n < STATUSES; n += 1) await status(n % 2 === 0 ? 'Available' : 'Preparing');
    const start = { connectorId: 1, idTag: 'TAG', meterStart: 0, timestamp: new Date().toISOString() };
    const { transactionId } = await charger.call('StartTransaction', start);
    await charger.call('StopTransaction', { transactionId, meterStop: 100, timestamp: new Date().toISOString() });
  }, 60_000);
  afterAll(() => charger?.close());

  describe.each(Object.entries(CONSUMERS_OF_GUIDE))('the consumer in %s', (language, prepare) => {
    it('takes each event once, in the order of its charge point, and goes on where it was killed', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'consumer-'));
      const producer = new EventProducer({ brokers: [brokers()], clientId: 'e2e' });
      const command = await prepare(folder);
      const consumers: OutsideConsumer[] = [];
      const launch = (): OutsideConsumer => {
        consumers.push(new OutsideConsumer(command, folder, brokers(), `guide-${language}`, READ));
        return consumers.at(-1) as OutsideConsumer;
      };
      const hasTaken = (consumer: OutsideConsumer, expected: readonly SeenEvent[]) =>
        until(
          'the events',
          async () => {
            consumer.check();
            for (const topic of READ)
              expect(consumer.printed.filter(({ cp_id, type }) => cp_id === CP && type === topic)).toEqual(
                expected
                  .filter((seen) => seen.topic === topic)
                  .map(({ event }) => ({ id: event.id, type: topic, cp_id: CP })),
              );
          },
          60_000,
        );
      try {
        const first = launch();
        const before = await published();
        await hasTaken(first, before);
        // All of it comes again, and something new after it.
        await producer.send(before.map(({ topic, key, event }) => ({ topic, key, value: encodeEvent(event) })));
        await status('Charging');
        happened += 1;
        await hasTaken(first, await published());
        // What was repeated is not printed, but it must be committed, or it comes again after the kill.
        await until('the commits', () => committed(`guide-${language}`), 60_000);
        await first.kill();

        await status('Finishing');
        happened += 1;
        const second = launch();
        const [last] = (await published()).filter(({ topic }) => topic === TOPICS.status).slice(-1);
        await hasTaken(second, last ? [last] : []);
      } finally {
        for (const consumer of consumers) await consumer.kill();
        await producer.stop();
        await rm(folder, { recursive: true });
      }
    }, 240_000);
  });
}
