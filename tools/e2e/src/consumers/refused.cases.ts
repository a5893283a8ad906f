import { expect, it } from '@jest/globals';
import { CONSUMERS, TOPICS, deadLetterTopic, encodeEvent } from '@ocpp-gw/contracts';
import { bootedEvent, statusEvent, type TestEvent } from '@ocpp-gw/testing';
import { runBuilt } from '@ocpp-gw/rig';
import { until } from '../until.ts';
import type { Consumers } from './consumers.ts';

const INGESTOR_DLQ = deadLetterTopic(CONSUMERS.ingestor, TOPICS.boot);
const DISPATCHER_DLQ = deadLetterTopic(CONSUMERS.dispatcher, TOPICS.boot);

/** The first day that JavaScript and protobuf know; Postgres begins later. */
const BEFORE_POSTGRES = new Date(-8.64e15);

/** Protobuf: occurred_at once more (the last one counts), of 10^13 seconds, beyond the last day that a date can be. */
const NO_DATE = Buffer.from([0x32, 0x08, 0x08, 0x80, 0xc0, 0xca, 0xf3, 0x84, 0xa3, 0x02]);

export function refusedSuite(consumers: () => Consumers): void {
  const run = (script: string, ...words: string[]): Promise<string> => {
    const { kafkaBrokers, postgresUrl } = consumers().dataPlane;
    return runBuilt(script, words, { EVEYS_OCPP_KAFKA_BROKERS: kafkaBrokers, EVEYS_OCPP_DB_URL: postgresUrl });
  };
  const topicsCommand = (...words: string[]): Promise<string> => run('libs/kafka/dist/dead-letters.js', ...words);
  const tablesCommand = (...words: string[]): Promise<string> => run('libs/persistence/dist/dead-letters.js', ...words);

  const stored = async (cpId: string): Promise<string[]> => {
    // What is older than the table keeps it may be gone at any time.
    const query = `SELECT event_id FROM boots FINAL WHERE cp_id = {cpId:String} AND recorded_at > '2000-01-01'`;
    const result = await consumers().clickhouse.query({ query, query_params: { cpId }, format: 'JSONEachRow' });
    return (await result.json<{ event_id: string }>()).map(({ event_id }) => event_id).sort();
  };

  it('a poison message goes to its consumer’s dead-letter topic with the reason, and the partition moves on', async () => {
    const { producer, receiver, clickhouse } = consumers();
    const cpId = 'POISON';
    const boot = (vendor = 'Vendor'): TestEvent => {
      const now = new Date();
      return bootedEvent({ vendor }, { cpId, occurredAt: now, recordedAt: now });
    };
    await clickhouse.command({ query: `ALTER TABLE boots ADD CONSTRAINT sold CHECK vendor != 'Unsold'` });
    const [unsold, ancient, timeless, good] = [
      boot('Unsold'),
      { ...boot(), recordedAt: BEFORE_POSTGRES },
      boot(),
      boot(),
    ] as const;
    const values = [
      Buffer.from('garbage'),
      encodeEvent({ ...boot(), schemaVersion: 2 }),
      encodeEvent({ ...boot(), id: 'not-a-uuid' }),
      encodeEvent(unsold),
      encodeEvent(ancient),
      Buffer.concat([encodeEvent(timeless), NO_DATE]),
      encodeEvent(good),
    ];
    await producer.send(values.map((value) => ({ topic: TOPICS.boot, key: cpId, value })));

    await until('what is good at the receiver', async () => {
      expect(receiver.heard(cpId)).toEqual([unsold.id, timeless.id, good.id]);
    });
    await until('what is good in ClickHouse', async () => {
      expect(await stored(cpId)).toEqual([good.id]);
    });
    const listed = (await topicsCommand('list')).split('\n').filter((line) => line.includes(cpId));
    const reasons = (topic: string): string[] =>
      listed.filter((line) => line.includes(topic)).map((line) => line.split(' bytes  ')[1] ?? '');
    expect(reasons(INGESTOR_DLQ)).toEqual([
      'not an events.v1.Event',
      'schema version 2 is not 1',
      'event id "not-a-uuid" is no UUID',
      expect.stringMatching(/^insert into boots failed: .*sold.* is violated/),
      'a time in it is no date',
    ]);
    expect(reasons(DISPATCHER_DLQ)).toEqual([
      'not an events.v1.Event',
      'schema version 2 is not 1',
      'event id "not-a-uuid" is no UUID',
      expect.stringMatching(/^postgres refuses the row: .*out of range/),
    ]);
    expect(listed).toContainEqual(
      expect.stringMatching(`^ {2}${INGESTOR_DLQ}@0 {2}${cpId} {2}from ${TOPICS.boot}/\\d@\\d+ `),
    );

    await clickhouse.command({ query: 'ALTER TABLE boots DROP CONSTRAINT sold' });
    expect(await topicsCommand('replay', 'all')).toMatch(/dead-letter topics: 9 replayed\n$/);
    await until('the event that ClickHouse takes now', async () => {
      expect(await stored(cpId)).toEqual([unsold.id, good.id].sort());
    });
    await until('the others to be there again', async () => {
      // As many as before but the unsold one: what both had as dead letters went back once.
      expect(await topicsCommand()).toMatch(/dead-letter topics: 8 not replayed\n$/);
    });
    expect(receiver.heard(cpId)).toEqual([unsold.id, timeless.id, good.id]);
  }, 120_000);

  it('a webhook that failed its last try is listed, and comes again under its id when replayed', async () => {
    const { producer, receiver } = consumers();
    const cpId = 'DEAD-WEBHOOK';
    const events = Array.from({ length: 3 }, (_, n) => {
      const now = new Date(Date.now() + n);
      return statusEvent({}, { cpId, occurredAt: now, recordedAt: now });
    });
    const [refused = '', ...others] = events.map(({ id }) => id);
    receiver.answer(({ webhookId }) => (webhookId === refused ? 500 : 204));
    await producer.send(events.map((event) => ({ topic: TOPICS.status, key: cpId, value: encodeEvent(event) })));
    await until('those behind it', async () => expect(receiver.heard(cpId)).toEqual([refused, refused, ...others]));

    receiver.answer();
    const listed = await tablesCommand('list');
    const [, id = ''] =
      new RegExp(`^ {2}(\\d+) {2}customer {2}cp.status {2}${cpId} {2}event ${refused} .* {2}2 tries`, 'm').exec(
        listed,
      ) ?? [];
    expect(listed).toMatch(/webhooks: 1 failed for good\n/);
    expect(await tablesCommand('replay', 'webhooks', id)).toBe(`webhooks: 1 pending again: ${id}\n`);
    await until('it once more', async () => {
      expect(receiver.heard(cpId)).toEqual([refused, refused, ...others, refused]);
      expect(await tablesCommand('list')).toMatch(/webhooks: 0 failed for good\n/);
    });
  }, 120_000);
}
