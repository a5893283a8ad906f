import { request } from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { status as Grpc, type ServiceError } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, encodeEvent, type Topic } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { EventProducer, createTopics } from '@ocpp-gw/kafka';
import { bootedEvent, connectionEvent, eventually } from '@ocpp-gw/testing';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { METRICS, type Metrics } from '../metrics.ts';
import { TOKEN, startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { GatewayClient } from '../testdata/grpc-client.ts';
import { SseReader } from '../testdata/sse-reader.ts';

let plane: DataPlane;
let admin: Admin;
let producer: EventProducer;
const apis: RunningApi[] = [];
const readers: SseReader[] = [];

beforeAll(async () => {
  plane = await startDataPlane({ name: 'event-streams', ports: 'random', only: ['kafka'] });
  const brokers = plane.kafkaBrokers.split(',');
  await createTopics({ brokers, partitions: 3, replicationFactor: 1 });
  admin = new Kafka({ clientId: 'spec', brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  producer = new EventProducer({ brokers, clientId: 'spec' });
  const env = { EVEYS_OCPP_KAFKA_BROKERS: plane.kafkaBrokers, EVEYS_OCPP_EVENT_STREAMS_PER_CALLER: '6' };
  for (const pod of ['one', 'other'])
    apis.push(await startApi({ ...env, EVEYS_OCPP_POD_NAME: pod }, fakes().overrides));
  // The first consumer group of a new cluster has to wait for its coordinator.
  await eventually(
    () => read(),
    ({ status }) => status === 200,
  );
  await leave();
}, 120_000);

const leave = () => Promise.all(readers.splice(0).map((reader) => reader.close()));
afterEach(leave);

afterAll(async () => {
  for (const api of apis) await api.stop();
  await producer?.stop();
  await admin?.disconnect();
  await plane?.stop();
}, 60_000);

async function read(query = '', options: { api?: number; headers?: Record<string, string> } = {}): Promise<SseReader> {
  const reader = await SseReader.open(`${apis[options.api ?? 0]?.url}/api/v1/events${query}`, options.headers);
  readers.push(reader);
  return reader;
}

const connected = (cpId: string, ...names: string[]) =>
  producer.send(
    names.map((name) => ({
      topic: TOPICS.connection,
      key: cpId,
      value: encodeEvent(connectionEvent({ connectionId: name }, { cpId })),
    })),
  );

const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));

describe('GET /api/v1/events', () => {
  it('streams what happens from now on, as webhooks say it', async () => {
    const reader = await read('?cp_id=A');
    expect(reader.status).toBe(200);
    expect(Object.fromEntries(reader.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
    });
    await connected('A', '1', '2');
    await eventually(() => reader.events.length === 2);
    expect(reader.names).toEqual(['A/1', 'A/2']);
    expect(reader.events[0]).toMatchObject({
      type: TOPICS.connection,
      data: { type: TOPICS.connection, data: { cp_id: 'A', payload: { connection_id: '1' } } },
    });
  }, 60_000);

  it('streams only what was asked for', async () => {
    const [types, chargers, both] = await Promise.all([
      read(`?type=${TOPICS.boot}`),
      read('?cp_id=a&cp_id=C'),
      read(`?type=${TOPICS.boot}&type=${TOPICS.connection}&cp_id=C`),
    ]);
    const boot = (cpId: string) => ({ topic: TOPICS.boot, key: cpId, value: encodeEvent(bootedEvent({}, { cpId })) });
    await connected('A', '1');
    await connected('B', '1');
    await producer.send([boot('B'), boot('C')]);
    await eventually(() => types.events.length === 2 && chargers.events.length === 2 && both.events.length === 1);
    expect(types.names.sort()).toEqual([`B/${TOPICS.boot}`, `C/${TOPICS.boot}`]);
    expect(chargers.names.sort()).toEqual(['A/1', `C/${TOPICS.boot}`]);
    expect(both.names).toEqual([`C/${TOPICS.boot}`]);
  }, 60_000);

  it('goes on after the last id on another instance: each event once, in order, while others come', async () => {
    const first = await read('?cp_id=R');
    await connected('R', ...numbered(0, 20));
    await eventually(() => first.events.length >= 5);
    const { lastEventId } = first;
    const seen = [...first.names];
    await first.close();
    const sending = (async () => {
      for (let at = 20; at < 120; at += 5) {
        await connected('R', ...numbered(at, at + 5));
        await delay(10);
      }
    })();
    const second = await read('?cp_id=R', { api: 1, headers: { 'last-event-id': lastEventId } });
    await sending;
    await eventually(() => seen.length + second.events.length >= 120);
    expect([...seen, ...second.names]).toEqual(numbered(0, 120).map((name) => `R/${name}`));
    // The parameter says the same as the header.
    const third = await read(`?cp_id=R&last_event_id=${second.events[49]?.id}`);
    await eventually(() => third.events.length + seen.length + 50 === 120);
    expect(third.names[0]).toBe(second.names[50]);
  }, 90_000);

  it('refuses an id that is none, and one whose events Kafka no longer keeps', async () => {
    const bad = await read('?last_event_id=x');
    expect([bad.status, bad.problem]).toMatchObject([400, { errors: [{ parameter: 'last_event_id' }] }]);
    expect((await read('?type=no.such')).problem).toMatchObject({ errors: [{ parameter: 'type' }] });
    const reader = await read(`?type=${TOPICS.log}`);
    await eventually(() => reader.lastEventId !== '');
    const { lastEventId } = reader;
    await deleteAll(TOPICS.log);
    const gone = await read(`?type=${TOPICS.log}`, { headers: { 'last-event-id': lastEventId } });
    expect([gone.status, gone.problem]).toMatchObject([410, { type: 'urn:ocpp-gw:problem:events-gone' }]);
  }, 60_000);

  /** Sends events of the topic and makes Kafka forget them. */
  async function deleteAll(topic: Topic): Promise<void> {
    const event = { topic, value: encodeEvent(connectionEvent({}, { cpId: 'A' })) };
    await producer.send(numbered(0, 50).map((key) => ({ ...event, key })));
    const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({
      partition,
      offset: high,
    }));
    await admin.deleteTopicRecords({ topic, partitions });
  }

  it('ends the stream of a reader that does not read, and says why; the others go on', async () => {
    const other = await read('?cp_id=S');
    const slow = request(`${apis[0]?.url}/api/v1/events?cp_id=S`, { headers: { authorization: `Bearer ${TOKEN}` } });
    slow.end();
    const [response] = await once(slow, 'response');
    response.pause();
    const closed = once(response, 'close');
    const padding = 'x'.repeat(20_000);
    const sending = (async () => {
      for (let at = 0; at < 1_000; at += 100)
        await connected('S', ...numbered(at, at + 100).map((name) => `${name}-${padding}`));
    })();
    const { open } = (apis[0] as RunningApi).app.get<Metrics>(METRICS).eventStreams;
    await eventually(
      async () => (await open.get()).values[0]?.value,
      (count) => count === 1,
      90_000,
    );
    response.setEncoding('utf8');
    let text = '';
    response.on('data', (chunk: string) => (text += chunk));
    response.resume();
    await closed;
    const last = text.trimEnd().split('\n\n').at(-1);
    expect(last).toMatch(/^event: stream.closed\ndata: .*urn:ocpp-gw:problem:stream-too-slow/);
    await sending;
    await eventually(() => other.events.length >= 1_000);
    expect(other.events).toHaveLength(1_000);
  }, 120_000);

  it('bounds the streams of one token', async () => {
    for (let count = 0; count < 6; count += 1) expect((await read('', { api: 1 })).status).toBe(200);
    const refused = await read('', { api: 1 });
    expect([refused.status, refused.problem]).toMatchObject([429, { limit: 6 }]);
    const another = { authorization: 'Bearer read-token' };
    expect((await read('', { api: 1, headers: another })).status).toBe(200);
    expect((await read('', { headers: { authorization: 'Bearer command-token' } })).status).toBe(403);
    expect((await read('', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  }, 60_000);
});

describe('StreamEvents', () => {
  it('streams the same with the same ids', async () => {
    const client = new GatewayClient(apis[0]?.grpc ?? '');
    const reader = await read('?cp_id=G');
    const call = client.stream('StreamEvents', { cpId: ['G'] }, 'read-token');
    const seen: { id: string; event?: { payload?: { value: { connectionId: string } } } }[] = [];
    call.on('data', (message) => seen.push(message));
    const ended = Promise.withResolvers<ServiceError>();
    call.on('error', (error: ServiceError) => ended.resolve(error));
    await eventually(() => seen.length === 1);
    expect(seen[0]).toEqual({ id: expect.any(String), event: undefined });
    await connected('G', '1', '2');
    await eventually(() => seen.length === 3 && reader.events.length === 2);
    expect(seen.slice(1).map(({ event }) => event?.payload?.value.connectionId)).toEqual(['1', '2']);
    const resumed = await read('?cp_id=G', { api: 1, headers: { 'last-event-id': seen[1]?.id ?? '' } });
    await eventually(() => resumed.events.length === 1);
    expect(resumed.names).toEqual(['G/2']);
    call.cancel();
    expect((await ended.promise).code).toBe(Grpc.CANCELLED);
    const refused = client.stream('StreamEvents', { lastEventId: 'x' });
    const [error] = (await once(refused, 'error')) as [ServiceError];
    expect(error.code).toBe(Grpc.INVALID_ARGUMENT);
    client.close();
  }, 60_000);
});

describe('while Kafka is away', () => {
  it('streams answer 503 and UNAVAILABLE, and all else works', async () => {
    const away = await startApi({ EVEYS_OCPP_KAFKA_BROKERS: '127.0.0.1:1' }, fakes().overrides);
    const refused = await SseReader.open(`${away.url}/api/v1/events`);
    expect([refused.status, refused.problem]).toMatchObject([503, { dependency: 'kafka' }]);
    const client = new GatewayClient(away.grpc);
    const call = client.stream('StreamEvents', {});
    const [error] = (await once(call, 'error')) as [ServiceError];
    expect(error.code).toBe(Grpc.UNAVAILABLE);
    expect((await away.request('GET', '/api/v1/charge-points')).status).toBe(200);
    expect((await away.request('GET', '/api/v1/ready')).body.checks).not.toHaveProperty('kafka');
    client.close();
    await away.stop();
  }, 60_000);

  it('open streams end with the reason, and go on after their last id when it is back', async () => {
    const reader = await read('?cp_id=K');
    await connected('K', '1');
    await eventually(() => reader.events.length === 1);
    await plane.kill('kafka');
    await reader.ended();
    expect(reader.events.at(-1)).toMatchObject({
      type: 'stream.closed',
      data: { type: 'urn:ocpp-gw:problem:dependency-unavailable', dependency: 'kafka' },
    });
    await plane.start('kafka');
    await eventually(() => producer.ready().then(() => true));
    await eventually(() => connected('K', '2').then(() => true));
    const resumed = await eventually(
      () => read('?cp_id=K', { headers: { 'last-event-id': reader.lastEventId } }),
      ({ status }) => status === 200,
    );
    await eventually(() => resumed.events.length > 0);
    expect(resumed.names[0]).toBe('K/2');
  }, 120_000);

  it('a stop of the service ends streams with the reason', async () => {
    const reader = await read('?cp_id=A', { api: 1 });
    await eventually(() => reader.lastEventId !== '');
    await apis.pop()?.stop();
    await reader.ended();
    expect(reader.events.at(-1)).toMatchObject({
      type: 'stream.closed',
      data: { type: 'urn:ocpp-gw:problem:stream-stopped' },
    });
  }, 60_000);
});
