import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseTarget, schemaFolders, migrate } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_TOPICS, CONSUMERS, TOPICS, deadLetterTopic, encodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { EventProducer, EventReplay, createTopics } from '@ocpp-gw/kafka';
import { loadConfig, type Logger } from '@ocpp-gw/service-kit';
import { endedEvent, eventually, heardAt, meterEvent, startedEvent, type TestEvent } from '@ocpp-gw/testing';
import { Kafka, logLevel } from 'kafkajs';
import { Registry } from 'prom-client';
import { configSchema, type Config } from './config.ts';
import { Ingestion } from './ingestion.ts';
import { createIngestorMetrics } from './metrics.ts';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };

const SAMPLES = 3;

function metered(cpId: string, minute: number): TestEvent {
  const occurredAt = new Date(Date.UTC(2026, 4, 1, 10, minute));
  const samples = Array.from({ length: SAMPLES }, (_, n) => ({
    sampledAt: occurredAt,
    value: n,
    measurand: 'Voltage',
    unit: 'V',
  }));
  return meterEvent({ samples }, { cpId, occurredAt, recordedAt: occurredAt });
}

describe('Ingestion', () => {
  let plane: DataPlane;
  let config: Config;
  let client: ClickHouseClient;
  let producer: EventProducer;
  let registry: Registry;
  let sut: Ingestion;

  const begin = async (): Promise<void> => {
    registry = new Registry();
    sut = new Ingestion(config, createIngestorMetrics(registry), quiet);
    await sut.start();
  };

  const produce = (events: readonly TestEvent[]): Promise<void> =>
    producer.send(events.map((event) => ({ topic: event.type, key: event.cpId, value: encodeEvent(event) })));

  const samplesOf = async (cpId: string): Promise<number> => {
    const query = 'SELECT count() AS n FROM meter_samples FINAL WHERE cp_id = {cpId:String}';
    const result = await client.query({ query, query_params: { cpId }, format: 'JSONEachRow' });
    return Number((await result.json<{ n: string }>())[0]?.n);
  };

  const metric = async (name: string): Promise<string> =>
    (await registry.getSingleMetricAsString(name))
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'ingestion', ports: 'random', only: ['kafka', 'clickhouse'] });
    config = loadConfig(configSchema, {
      EVEYS_OCPP_KAFKA_BROKERS: plane.kafkaBrokers,
      EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl,
      EVEYS_OCPP_INGESTOR_BATCH_MAX_AGE_MS: '200',
    });
    await createTopics({ brokers: [plane.kafkaBrokers], partitions: 3, replicationFactor: 1 });
    await migrate(clickhouseTarget(config, 'spec'), schemaFolders);
    client = createClient(clickhouseTarget(config, 'spec'));
    producer = new EventProducer({ brokers: [plane.kafkaBrokers], clientId: 'test' });
    await begin();
  }, 180_000);

  afterAll(async () => {
    await sut.stop();
    await producer.stop();
    await client.close();
    await plane.stop();
  }, 60_000);

  it('stores one row a sampled value, and counts them', async () => {
    await produce(Array.from({ length: 20 }, (_, minute) => metered('CP-rows', minute)));
    await eventually(async () => (await samplesOf('CP-rows')) === 20 * SAMPLES);
    // Rows are seen before they are counted.
    const counted = `eveys_ocpp_ingestor_rows_total{table="meter_samples"} ${20 * SAMPLES}`;
    await eventually(async () => (await metric('eveys_ocpp_ingestor_rows_total')) === counted);
  }, 90_000);

  it('stores an event once that comes twice', async () => {
    const events = [metered('CP-twice', 1), metered('CP-twice', 2)];
    await produce(events);
    await eventually(async () => (await samplesOf('CP-twice')) === 2 * SAMPLES);
    await produce([...events.toReversed(), metered('CP-after', 0)]);
    await eventually(async () => (await samplesOf('CP-after')) === SAMPLES);
    expect(await samplesOf('CP-twice')).toBe(2 * SAMPLES);
  }, 90_000);

  it('puts what can be no event or no row aside with the reason, and goes on', async () => {
    const cpId = 'CP-aside';
    const noRow = { ...metered(cpId, 1), id: 'not-a-uuid' };
    await producer.send([{ topic: TOPICS.meter, key: cpId, value: Buffer.from('garbage') }]);
    await produce([noRow, metered(cpId, 2)]);
    await eventually(async () => (await samplesOf(cpId)) === SAMPLES);
    const reasons = await deadLetters(plane.kafkaBrokers, 2);
    expect(reasons.sort()).toEqual([
      expect.stringMatching(/^event id "not-a-uuid" is no UUID$/),
      expect.stringMatching(/not an events\.v1\.Event|schema version|missing/),
    ]);
  }, 90_000);

  it('puts aside the event that ClickHouse refuses, and stores all others of its batch, of any partition', async () => {
    await client.command({ query: `ALTER TABLE meter_samples ADD CONSTRAINT known CHECK cp_id != 'CP-refused'` });
    const minutes = Array.from({ length: 10 }, (_, minute) => minute);
    const good = minutes.flatMap((minute) => [0, 1, 2, 3, 4].map((n) => metered(`CP-taken-${n}`, minute)));
    await produce(good.toSpliced(25, 0, metered('CP-refused', 0)));
    for (const n of [0, 1, 2, 3, 4]) await eventually(async () => (await samplesOf(`CP-taken-${n}`)) === 10 * SAMPLES);
    const reasons = await deadLetters(plane.kafkaBrokers, 3);
    expect(reasons[2]).toMatch(/^insert into meter_samples failed: .*known.* is violated/s);
    await client.command({ query: 'ALTER TABLE meter_samples DROP CONSTRAINT known' });
  }, 90_000);

  it('waits while ClickHouse is away, shows the lag, and drops nothing', async () => {
    await plane.kill('clickhouse');
    await produce(Array.from({ length: 50 }, (_, minute) => metered(`CP-away-${minute % 5}`, minute)));
    await eventually(async () =>
      /insert_failures_total\{table="meter_samples"\} \d/.test(
        await metric('eveys_ocpp_ingestor_insert_failures_total'),
      ),
    );
    // More where the offsets of the test before were not committed yet when the engine went.
    const lag = async (): Promise<number> =>
      Number(/lag_messages\{topic="cp\.meter"\} (\d+)/.exec(await metric('eveys_ocpp_ingestor_lag_messages'))?.[1]);
    await eventually(async () => (await lag()) >= 50);
    // As long as it is away, also once nobody says any more what the tables are made of.
    const failures = async (): Promise<number> =>
      Number(/\} (\d+)/.exec(await metric('eveys_ocpp_ingestor_insert_failures_total'))?.[1]);
    const seen = await failures();
    await eventually(async () => (await failures()) > seen + 3);
    await expect(sut.inserter.ping()).rejects.toThrow();
    await plane.start('clickhouse');
    await eventually(async () => (await samplesOf('CP-away-4')) === 10 * SAMPLES);
    for (const n of [0, 1, 2, 3]) await eventually(async () => (await samplesOf(`CP-away-${n}`)) === 10 * SAMPLES);
    await eventually(async () => (await lag()) === 0);
  }, 180_000);

  it('takes up where it stopped', async () => {
    await sut.stop();
    await produce([metered('CP-restart', 1)]);
    await begin();
    await eventually(async () => (await samplesOf('CP-restart')) === SAMPLES);
    // Counted when the insert is acknowledged, which is after its rows can be seen.
    const counted = `eveys_ocpp_ingestor_rows_total{table="meter_samples"} ${SAMPLES}`;
    await eventually(async () => (await metric('eveys_ocpp_ingestor_rows_total')) === counted);
  }, 90_000);

  it('makes all rows again when its group is set back, and every answer stays the same', async () => {
    const cpId = 'CP-again';
    const at = (minute: number) => ({
      cpId,
      occurredAt: new Date(Date.UTC(2026, 4, 2, 10, minute)),
      recordedAt: new Date(Date.UTC(2026, 4, 2, 10, minute)),
    });
    const heard = heardAt(at(0).recordedAt);
    await produce([
      startedEvent({ transactionId: '7', meterStartWh: 1000, ...heard }, at(0)),
      meterEvent({ transactionId: '7' }, at(10)),
      endedEvent({ transactionId: '7', meterStartWh: 1000, meterStopWh: 4000, energyWh: 3000, ...heard }, at(30)),
    ]);
    const answers = async (): Promise<unknown> => {
      const result = await client.query({
        // What was refused above is taken now.
        query: `SELECT (SELECT count() FROM meter_samples FINAL WHERE cp_id != 'CP-refused') AS samples, (SELECT count() FROM transaction_events FINAL) AS events,
                  cp_id, transaction_id, state, energy_wh FROM sessions ORDER BY cp_id, transaction_id`,
        format: 'JSONEachRow',
      });
      return result.json();
    };
    const session = expect.objectContaining({ cp_id: cpId, energy_wh: 3000 });
    await eventually(async () => session.asymmetricMatch(((await answers()) as unknown[]).at(-1)));
    const before = await answers();
    await sut.stop();
    const whole = { topics: ALL_TOPICS, since: 0, until: undefined, group: CONSUMERS.ingestor };
    await new EventReplay([plane.kafkaBrokers]).setGroup(CONSUMERS.ingestor, whole);
    await begin();
    await eventually(async () => (await samplesAgain()) >= 50 * SAMPLES);
    await eventually(async () =>
      /lag_messages\{topic="cp\.meter"\} 0/.test(await metric('eveys_ocpp_ingestor_lag_messages')),
    );
    expect(await answers()).toEqual(before);
  }, 180_000);

  const samplesAgain = async (): Promise<number> =>
    Number(/table="meter_samples"\} (\d+)/.exec(await metric('eveys_ocpp_ingestor_rows_total'))?.[1] ?? 0);
});

/** Reasons of the first dead letters of cp.meter. */
async function deadLetters(brokers: string, count: number): Promise<string[]> {
  const consumer = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).consumer({
    groupId: `test-dead-letters-${count}`,
    retry: { restartOnFailure: () => Promise.resolve(false) },
  });
  await consumer.connect();
  await consumer.subscribe({ topic: deadLetterTopic(CONSUMERS.ingestor, TOPICS.meter), fromBeginning: true });
  const reasons: string[] = [];
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: ({ message }) => {
          reasons.push(String(message.headers?.['reason']));
          if (reasons.length === count) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return reasons;
}
