import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_TOPICS, CONSUMED, CONSUMERS, TOPICS, deadLetterTopic, encodeEvent, type Topic } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { connectionEvent, eventually } from '@ocpp-gw/testing';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { EventConsumer, type EventConsumerOptions } from './consumer.ts';
import { PermanentError, RetriableError } from './errors.ts';
import type { PartitionLag } from './lag.ts';
import { EventProducer } from './producer.ts';
import { createTopics } from './topics.ts';

const ENTRY = fileURLToPath(new URL('./create-topics.ts', import.meta.url));

const DEAD_LETTERS = fileURLToPath(new URL('./dead-letters.ts', import.meta.url));

const event = (cpId: string, name: string): Uint8Array =>
  encodeEvent(connectionEvent({ connectionId: name }, { cpId }));

/** A broker hears of a new partition a moment before it leads it, and refuses what comes in between. */
async function untilLed(brokers: string[], topics: readonly Topic[]): Promise<void> {
  const admin = new Kafka({ clientId: 'spec', brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  for (const topic of topics) await eventually(async () => (await admin.fetchTopicOffsets(topic)).length > 0);
  await admin.disconnect();
}

describe('events over Kafka', () => {
  let plane: DataPlane;
  let brokers: string[];
  let producer: EventProducer;
  const consumers: EventConsumer[] = [];

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'kafka-lib', only: ['kafka'] });
    brokers = plane.kafkaBrokers.split(',');
    await createTopics({ brokers, partitions: 3, replicationFactor: 1 });
    await untilLed(brokers, ALL_TOPICS);
    producer = new EventProducer({ brokers, clientId: 'spec' });
    await producer.start();
  }, 120_000);

  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
  });

  afterAll(async () => {
    await producer?.stop();
    await plane?.stop();
  });

  /** Consumes one topic; collects connection ids, by charger. */
  async function consume(
    topic: Topic,
    options: Partial<EventConsumerOptions> = {},
    check: (name: string) => void = () => undefined,
  ) {
    const taken: string[] = [];
    const consumer = new EventConsumer({
      brokers,
      clientId: 'spec',
      groupId: CONSUMERS.ingestor,
      topics: [topic],
      retry: { attempts: 2, firstMs: 10 },
      pauseMs: 50,
      onBatch: ({ messages }) => {
        const names = messages.map(({ event: { cpId, payload } }) => {
          const name = payload?.$case === 'connectionChanged' ? payload.value.connectionId : '';
          return `${cpId}/${name}`;
        });
        names.forEach(check);
        taken.push(...names);
        return Promise.resolve();
      },
      ...options,
    });
    consumers.push(consumer);
    await consumer.start();
    return { consumer, taken };
  }

  const send = (topic: Topic, cpId: string, ...names: string[]) =>
    producer.send(names.map((name) => ({ topic, key: cpId, value: event(cpId, name) })));

  it('creates topics once: a second run finds them there, and says what of them it leaves', async () => {
    const all = ALL_TOPICS.length + Object.values(CONSUMED).flat().length;
    const again = await createTopics({ brokers, partitions: 3, replicationFactor: 1 });
    expect(again).toEqual({ created: [], existing: expect.arrayContaining([...ALL_TOPICS]), changes: [] });
    expect(again.existing).toHaveLength(all);
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@ocpp-gw/source', ENTRY], {
      env: { ...process.env, EVEYS_OCPP_KAFKA_BROKERS: brokers.join(','), EVEYS_OCPP_KAFKA_PARTITIONS: '2' },
    });
    expect(stdout).toContain('cp.boot: keeps 3 partitions instead of 2: partitions never shrink\n');
    expect(stdout).toMatch(new RegExp(`\ntopics: 0 created, ${all} there already\n$`));
  });

  it('gives existing topics the settings that are declared, and leaves what else was set', async () => {
    const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const topic = TOPICS.reservation;
    /** A broker answers by what it has read of the change so far. */
    const settled = (expected: Record<string, string>) =>
      eventually(async () => {
        expect(await configs()).toMatchObject(expected);
        return true;
      });
    const configs = async (): Promise<Record<string, string>> => {
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic }];
      const [found] = (await admin.describeConfigs({ resources, includeSynonyms: false })).resources;
      return Object.fromEntries((found?.configEntries ?? []).map((one) => [one.configName, one.configValue]));
    };
    const configEntries = [
      { name: 'retention.ms', value: '1000' },
      { name: 'segment.ms', value: '123456789' },
    ];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    });
    await settled({ 'retention.ms': '1000' });
    const wishes = { brokers, partitions: 3, replicationFactor: 1, topics: [topic] } as const;
    expect((await createTopics(wishes)).changes).toEqual([`${topic}: retention.ms 1000 -> 604800000`]);
    await settled({ 'retention.ms': '604800000', 'segment.ms': '123456789' });

    const overrides = { [topic]: { retentionDays: 1, compression: 'zstd', partitions: 5 } } as const;
    const expected = [
      `${topic}: retention.ms 604800000 -> 86400000`,
      `${topic}: compression.type producer -> zstd`,
      `${topic}: partitions 3 -> 5`,
    ];
    expect((await createTopics({ ...wishes, overrides, addPartitions: true })).changes).toEqual(expected);
    await settled({ 'retention.ms': '86400000', 'compression.type': 'zstd', 'segment.ms': '123456789' });
    await eventually(
      async () => (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions.length === 5,
    );
    await admin.disconnect();

    // What the broker keeps in zstd is read all the same.
    await untilLed(brokers, [topic]);
    await send(topic, 'A', '1', '2');
    const { taken } = await consume(topic);
    await eventually(() => taken.length === 2);
    expect(taken).toEqual(['A/1', 'A/2']);
  }, 60_000);

  it('delivers what was sent, in the order of each key, and commits it', async () => {
    await send(TOPICS.boot, 'A', '1', '2', '3');
    await send(TOPICS.boot, 'B', '1');
    const first = await consume(TOPICS.boot);
    await eventually(() => first.taken.length === 4);
    expect(first.taken.filter((name) => name.startsWith('A'))).toEqual(['A/1', 'A/2', 'A/3']);
    await first.consumer.ready();
    await first.consumer.stop();
    await expect(first.consumer.ready()).rejects.toBeInstanceOf(RetriableError);
    await send(TOPICS.boot, 'A', '4');
    const second = await consume(TOPICS.boot);
    await eventually(() => second.taken.length > 0);
    expect(second.taken).toEqual(['A/4']);
  }, 60_000);

  it('says in the headers of an event what it is and what brought it about', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const value = encodeEvent({ ...connectionEvent({}, { cpId: 'A' }), traceparent });
    const reader = new Kafka({ brokers, logLevel: logLevel.NOTHING }).consumer({ groupId: 'headers' });
    await reader.connect();
    await reader.subscribe({ topics: [TOPICS.connection], fromBeginning: true });
    const seen = Promise.withResolvers<Record<string, string>>();
    await reader.run({
      eachMessage: ({ message: { headers = {} } }) => {
        seen.resolve(Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])));
        return Promise.resolve();
      },
    });
    await producer.send([{ topic: TOPICS.connection, key: 'A', value }]);
    expect(await seen.promise).toEqual({
      'content-type': 'application/protobuf',
      'event-type': TOPICS.connection,
      'schema-version': '1',
      traceparent,
    });
    await reader.disconnect();
  }, 60_000);

  it('holds a partition until its batch is taken, for as long as it takes, and drops nothing', async () => {
    let away = true;
    let lags: readonly PartitionLag[] = [];
    const { taken } = await consume(TOPICS.status, { onLag: (lag) => (lags = lag), lagIntervalMs: 100 }, () => {
      if (away) throw new RetriableError('clickhouse away');
    });
    await send(TOPICS.status, 'A', '1', '2');
    await eventually(() => lags.some(({ lag }) => lag === 2));
    expect(taken).toEqual([]);
    away = false;
    await eventually(() => taken.length === 2);
    expect(taken).toEqual(['A/1', 'A/2']);
    await eventually(() => lags.every(({ lag }) => lag === 0));
  }, 60_000);

  it('moves what cannot be taken to the dead-letter topic with its origin, and goes on', async () => {
    await producer.send([{ topic: TOPICS.meter, key: 'A', value: Buffer.from('garbage') }]);
    await send(TOPICS.meter, 'A', 'poison', 'good');
    const counted: string[] = [];
    const onDeadLetter = (topic: string, cause: string) => void counted.push(`${topic} ${cause}`);
    const { taken } = await consume(TOPICS.meter, { onDeadLetter }, (name) => {
      if (name === 'A/poison') throw new PermanentError('no such column');
    });
    await eventually(() => taken.length === 1);
    expect(taken).toEqual(['A/good']);

    const dead: Record<string, string | undefined>[] = [];
    const reader = new Kafka({ brokers, logLevel: logLevel.NOTHING }).consumer({ groupId: 'reader' });
    await reader.connect();
    await reader.subscribe({ topics: [deadLetterTopic(CONSUMERS.ingestor, TOPICS.meter)], fromBeginning: true });
    await reader.run({
      eachMessage: ({ message: { key, headers = {} } }) => {
        const texts = Object.entries(headers).map(([name, value]) => [name, value?.toString()]);
        dead.push({ key: key?.toString(), ...Object.fromEntries(texts) });
        return Promise.resolve();
      },
    });
    await eventually(() => dead.length === 2);
    await reader.disconnect();
    const origin = { topic: TOPICS.meter, partition: expect.stringMatching(/^[012]$/) };
    const own = { 'content-type': 'application/protobuf', 'event-type': TOPICS.meter };
    const reason = expect.stringContaining('not an events.v1.Event');
    expect(dead).toEqual([
      { key: 'A', ...own, ...origin, reason, offset: '0' },
      { key: 'A', ...own, 'schema-version': '1', ...origin, reason: 'no such column', offset: '1' },
    ]);
    expect(counted).toEqual([`${TOPICS.meter} undecodable`, `${TOPICS.meter} refused`]);
  }, 60_000);

  it('moves the largest message that a topic takes, too: a dead letter is larger by its headers', async () => {
    const largest = Buffer.alloc(1_048_430);
    await producer.send([{ topic: TOPICS.log, key: 'A', value: largest }]);
    await send(TOPICS.log, 'A', 'good');
    const { taken } = await consume(TOPICS.log);
    await eventually(() => taken.length === 1);
    expect(taken).toEqual(['A/good']);
  }, 60_000);

  it('has a command that lists dead letters and replays them to where they came from', async () => {
    const run = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['--conditions=@ocpp-gw/source', DEAD_LETTERS, ...words], {
        env: { ...process.env, EVEYS_OCPP_KAFKA_BROKERS: brokers.join(',') },
      });
    await run('replay', 'all');
    let broken = true;
    await send(TOPICS.security, 'A', 'poison', 'good', 'other poison');
    const { taken } = await consume(TOPICS.security, {}, (name) => {
      if (broken && name.endsWith('poison')) throw new PermanentError('no such column');
    });
    const dead = deadLetterTopic(CONSUMERS.ingestor, TOPICS.security);
    await eventually(async () => (await run()).stdout.includes('2 not replayed'));
    expect((await run('list')).stdout).toMatch(
      new RegExp(`^ {2}${dead}@0 {2}A {2}from ${TOPICS.security}/\\d@0 .* no such column\\n {2}${dead}@1 `),
    );
    expect(taken).toEqual(['A/good']);
    broken = false;
    expect((await run('replay', `${dead}@1`, `${dead}@7`)).stdout).toBe(
      `  ${dead}@1 to ${TOPICS.security}\ndead-letter topics: 1 replayed\nnot found, or already replayed: ${dead}@7\n`,
    );
    await eventually(() => taken.length === 2);
    expect((await run('replay', 'all')).stdout).toContain('2 replayed');
    await eventually(() => taken.length === 4);
    expect(taken.slice(1)).toEqual(['A/other poison', 'A/poison', 'A/other poison']);
    expect((await run()).stdout).toBe('dead-letter topics: 0 not replayed\n');
    await expect(run('drop')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('replay all') });
  }, 120_000);

  it('takes nothing new while paused', async () => {
    const { consumer, taken } = await consume(TOPICS.command);
    consumer.pause();
    await send(TOPICS.command, 'A', '1');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(taken).toEqual([]);
    consumer.resume();
    await eventually(() => taken.length === 1);
  }, 60_000);

  it('refuses a message that no broker takes as permanent, and sends the next', async () => {
    const huge = producer.send([{ topic: TOPICS.connection, key: 'A', value: new Uint8Array(3 * 1024 * 1024) }]);
    await expect(huge).rejects.toBeInstanceOf(PermanentError);
    await send(TOPICS.connection, 'A', 'after');
  }, 60_000);

  it('sends more than one request can hold', async () => {
    const big = Array.from({ length: 40 }, (_, n) => `${n}-${'x'.repeat(60_000)}`);
    await send(TOPICS.transactionUpdated, 'A', ...big);
    const { taken } = await consume(TOPICS.transactionUpdated);
    await eventually(() => taken.length === 40);
    expect(taken).toEqual(big.map((name) => `A/${name}`));
  }, 60_000);

  it('outlives the broker: sends fail meanwhile, and everything goes on when it is back', async () => {
    const { taken } = await consume(TOPICS.transactionEnded);
    await send(TOPICS.transactionEnded, 'A', '1');
    await eventually(() => taken.length === 1);
    await plane.kill('kafka');
    await expect(producer.ready()).rejects.toBeInstanceOf(RetriableError);
    await expect(send(TOPICS.transactionEnded, 'A', 'lost')).rejects.toBeInstanceOf(RetriableError);
    await plane.start('kafka');
    await producer.ready();
    await send(TOPICS.transactionEnded, 'A', '2');
    await eventually(() => taken.at(-1) === 'A/2');
    // What it had not committed comes again.
    expect([...new Set(taken)]).toEqual(['A/1', 'A/2']);
  }, 120_000);

  it('says what to check when there is no Kafka to consume from', async () => {
    const away = new EventConsumer({
      brokers: ['127.0.0.1:1'],
      clientId: 'spec',
      groupId: CONSUMERS.dispatcher,
      topics: [TOPICS.boot],
      onBatch: () => Promise.resolve(),
    });
    await expect(away.start()).rejects.toThrow(/127\.0\.0\.1:1.*EVEYS_OCPP_KAFKA_BROKERS/);
    await away.stop();
    const quiet = new EventProducer({ brokers: ['127.0.0.1:1'], clientId: 'spec' });
    await quiet.start();
    await quiet.stop();
    const topics = createTopics({ brokers: ['127.0.0.1:1'], partitions: 1, replicationFactor: 1 });
    await expect(topics).rejects.toThrow(/EVEYS_OCPP_KAFKA_BROKERS/);
  }, 60_000);
});
