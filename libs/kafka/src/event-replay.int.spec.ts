import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONSUMERS, TOPICS, encodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { connectionEvent, eventually } from '@ocpp-gw/testing';
import { Kafka, logLevel } from 'kafkajs';
import { EventConsumer } from './consumer.ts';
import { EventProducer } from './producer.ts';
import { createTopics } from './topics.ts';

const ENTRY = fileURLToPath(new URL('./replay-events.ts', import.meta.url));
const topic = TOPICS.connection;

describe('replay-events', () => {
  let plane: DataPlane;
  let producer: EventProducer;
  /** Between the events of before and those of after. */
  let between: string;

  const send = (name: string, chargers: readonly string[]) =>
    producer.send(
      chargers.map((cpId) => ({
        topic,
        key: cpId,
        value: encodeEvent(connectionEvent({ connectionId: name }, { cpId })),
      })),
    );

  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['--no-warnings', '--conditions=@ocpp-gw/source', ENTRY, ...args], {
      env: { ...process.env, EVEYS_OCPP_KAFKA_BROKERS: plane.kafkaBrokers },
    });

  interface Line {
    type: string;
    data: { cp_id: string; payload: { connection_id: string } };
  }
  const printed = async (...args: string[]): Promise<string[]> => {
    const { stdout } = await run('--topic', topic, ...args);
    const lines = stdout.split('\n').filter((line) => line !== '');
    return lines
      .map((line) => JSON.parse(line) as Line)
      .map(({ data }) => `${data.cp_id}/${data.payload.connection_id}`)
      .sort();
  };

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'event-replay', ports: 'random', only: ['kafka'] });
    await createTopics({ brokers: [plane.kafkaBrokers], partitions: 3, replicationFactor: 1 });
    producer = new EventProducer({ brokers: [plane.kafkaBrokers], clientId: 'spec' });
    await eventually(() => send('before', ['A', 'B', 'C']).then(() => true));
    await sleep(50);
    between = new Date().toISOString();
    await sleep(50);
    await send('after', ['A', 'B', 'C', 'D']);
    // The first consumer group of a new cluster has to wait for its coordinator.
    await eventually(async () => (await printed('--since', '2020-01-01')).length === 7);
  }, 180_000);

  afterAll(async () => {
    await producer.stop();
    await plane.stop();
  });

  it('prints the events between two times', async () => {
    expect(await printed('--since', between)).toEqual(['A/after', 'B/after', 'C/after', 'D/after']);
    expect(await printed('--since', '2020-01-01', '--until', between)).toEqual(['A/before', 'B/before', 'C/before']);
    expect(await printed('--since', '2020-01-01')).toHaveLength(7);
    expect(await printed('--since', '2999-01-01')).toEqual([]);
  }, 120_000);

  it('sets a consumer group to a time: it reads what Kafka got from then on', async () => {
    const group = 'new-consumer';
    const { stdout } = await run('--topic', topic, '--since', between, '--group', group);
    expect(stdout).toBe(`${group} reads 3 partitions from ${between} on\n`);
    const consumer = new Kafka({ brokers: [plane.kafkaBrokers], logLevel: logLevel.NOTHING }).consumer({
      groupId: group,
    });
    await consumer.connect();
    // From the beginning only where the group has no offset.
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const keys: string[] = [];
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void keys.push(String(message.key))) });
    await eventually(() => keys.length === 4);
    expect(keys.sort()).toEqual(['A', 'B', 'C', 'D']);
    await consumer.disconnect();
  }, 120_000);

  it('does not set a group whose consumer runs', async () => {
    const consumer = new EventConsumer({
      brokers: [plane.kafkaBrokers],
      clientId: 'spec',
      groupId: CONSUMERS.ingestor,
      topics: [topic],
      onBatch: () => Promise.resolve(),
    });
    await consumer.start();
    await eventually(() => consumer.ready().then(() => true));
    const refused = run('--topic', topic, '--since', between, '--group', CONSUMERS.ingestor);
    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('consumer of the group') });
    await consumer.stop();
    await expect(run('--since', 'soon')).rejects.toMatchObject({ code: 2 });
  }, 120_000);
});
