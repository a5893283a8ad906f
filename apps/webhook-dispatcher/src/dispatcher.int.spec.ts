import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { encodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { EventProducer, createTopics } from '@ocpp-gw/kafka';
import {
  WebhookDeliveries,
  WebhookDeliveryLog,
  WebhookSecrets,
  WebhookSubscriptions,
  WebhookTests,
  createDatabase,
  migrate,
  type Database,
} from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { loadConfig, type Logger } from '@ocpp-gw/service-kit';
import { eventually, statusEvent } from '@ocpp-gw/testing';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { configSchema } from './config.ts';
import { Dispatcher } from './dispatcher.ts';
import { createWebhookMetrics } from './metrics.ts';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

interface Received {
  path: string;
  type: string;
  id: string;
  cpId: string;
  info: string;
  at: number;
}

describe('Dispatcher', () => {
  let plane: DataPlane;
  let producer: EventProducer;
  let database: Database;
  let queue: WebhookDeliveries;
  let log: WebhookDeliveryLog;
  let store: WebhookSubscriptions;
  let tests: WebhookTests;
  let receiver: Server;
  /** What to answer; 200 where it does nothing. */
  let answer: (received: Received, response: ServerResponse) => void;
  let accepted: Received[];
  let attempts: Received[];
  let running: Dispatcher[];

  /** A receiver as a customer would write it: whatever the library does not verify is no delivery. */
  const receive = async (): Promise<void> => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const message = new Webhook(SECRET).verify(body, request.headers as Record<string, string>) as {
          type: string;
          data: { id: string; cp_id?: string; payload?: { info: string } };
        };
        const { id, cp_id: cpId = '', payload } = message.data;
        const { url: path = '' } = request;
        const received = { path, type: message.type, id, cpId, info: payload?.info ?? '', at: Date.now() };
        expect(request.headers['webhook-id']).toBe(id);
        attempts.push(received);
        response.statusCode = 200;
        answer(received, response);
        if (response.statusCode === 200) accepted.push(received);
        if (response.statusCode !== 0) response.end();
      });
    });
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
  };

  const begin = async (
    paths: readonly string[],
    env: NodeJS.ProcessEnv = {},
    registry = new Registry(),
  ): Promise<Dispatcher> => {
    const { port } = receiver.address() as AddressInfo;
    const subscriptions = paths.map((path) => ({
      name: path.slice(1),
      url: `http://127.0.0.1:${port}${path}`,
      secrets: [SECRET],
      events: ['cp.status'],
    }));
    const config = loadConfig(configSchema, {
      EVEYS_OCPP_KAFKA_BROKERS: plane.kafkaBrokers,
      EVEYS_OCPP_DB_URL: plane.postgresUrl,
      EVEYS_OCPP_WEBHOOKS: JSON.stringify(subscriptions),
      EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
      EVEYS_OCPP_WEBHOOK_TIMEOUT_S: '20',
      EVEYS_OCPP_WEBHOOK_RETRY_BASE_S: '0.05',
      ...env,
    });
    const own = createDatabase({ url: plane.postgresUrl, poolSize: 5, applicationName: 'test' });
    const deliveries = new WebhookDeliveries(own);
    const metrics = createWebhookMetrics(registry, () => deliveries.depths());
    const dispatcher = new Dispatcher({
      config,
      database: own,
      queue: deliveries,
      store: new WebhookSubscriptions(own, new WebhookSecrets(undefined)),
      tests: new WebhookTests(own),
      metrics,
      logger: quiet,
    });
    await dispatcher.start();
    running.push(dispatcher);
    return dispatcher;
  };

  const end = async (dispatcher: Dispatcher): Promise<void> => {
    running = running.filter((one) => one !== dispatcher);
    await dispatcher.stopIntake();
    await dispatcher.stopWorkers();
  };

  const produce = async (cpId: string, infos: readonly string[]): Promise<void> => {
    const events = infos.map((info) => statusEvent({ info }, { cpId }));
    await producer.send(events.map((event) => ({ topic: event.type, key: cpId, value: encodeEvent(event) })));
  };

  /** Waits until a dispatcher knows that the subscription is in this state. */
  const shows = async (registry: Registry, name: string, state: string): Promise<void> => {
    const line = `webhook_subscription_state{subscription="${name}",state="${state}"} 1`;
    await eventually(async () => (await registry.metrics()).includes(line));
  };

  const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n));
  const at = (path: string, cpId?: string): string[] =>
    accepted.filter((one) => one.path === path && (!cpId || one.cpId === cpId)).map((one) => one.info);

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'dispatcher', ports: 'random', only: ['kafka', 'postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'test' });
    await createTopics({ brokers: [plane.kafkaBrokers], partitions: 3, replicationFactor: 1 });
    producer = new EventProducer({ brokers: [plane.kafkaBrokers], clientId: 'test' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'test' });
    await database.start();
    queue = new WebhookDeliveries(database);
    log = new WebhookDeliveryLog(database);
    store = new WebhookSubscriptions(database, new WebhookSecrets(undefined));
    tests = new WebhookTests(database);
  }, 180_000);

  beforeEach(async () => {
    accepted = [];
    attempts = [];
    running = [];
    answer = () => undefined;
    await receive();
  });

  afterEach(async () => {
    for (const dispatcher of running) await end(dispatcher);
    receiver.closeAllConnections();
    receiver.close();
  }, 60_000);

  afterAll(async () => {
    await producer.stop();
    await database.stop();
    await plane.stop();
  }, 60_000);

  it('delivers every event to every subscription, in the order of each charger', async () => {
    await begin(['/one', '/two']);
    await Promise.all(['CP1', 'CP2', 'CP3'].map((cpId) => produce(cpId, numbers(30))));
    await eventually(() => accepted.length >= 180);
    for (const path of ['/one', '/two'])
      for (const cpId of ['CP1', 'CP2', 'CP3']) expect(at(path, cpId)).toEqual(numbers(30));
    await eventually(async () => (await queue.depth()).pending === 0);
  }, 90_000);

  it('tries again after a failure under the same id, and keeps the order of the charger meanwhile', async () => {
    const failures = new Map<string, number>();
    answer = (received, response) => {
      const failed = failures.get(received.info) ?? 0;
      if (Number(received.info) % 3 !== 0 || failed >= 2) return;
      failures.set(received.info, failed + 1);
      response.statusCode = 500;
    };
    await begin(['/flaky']);
    await produce('CP4', numbers(10));
    await eventually(() => accepted.length >= 10);
    expect(at('/flaky')).toEqual(numbers(10));
    const ids = attempts.filter((one) => one.info === '3').map((one) => one.id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  }, 90_000);

  it('waits as long as Retry-After asks', async () => {
    answer = (_, response) => {
      if (attempts.length === 1) response.writeHead(429, { 'retry-after': '2' });
    };
    await begin(['/polite']);
    await produce('CP5', ['0']);
    await eventually(() => accepted.length === 1);
    const [first, second] = attempts;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1900);
  }, 90_000);

  it('delivers to a live subscriber at its pace beside one that never answers and one that refuses', async () => {
    answer = ({ path }, response) => {
      if (path === '/silent') response.statusCode = 0;
      if (path === '/refusing') response.statusCode = 503;
    };
    await begin(['/silent', '/refusing', '/live'], {
      EVEYS_OCPP_WEBHOOK_CONCURRENCY: '2',
      EVEYS_OCPP_WEBHOOK_TIMEOUT_S: '1',
    });
    const startedAt = Date.now();
    await Promise.all(numbers(10).map((n) => produce(`CP6-${n}`, numbers(10))));
    await eventually(() => at('/live').length >= 100);
    expect(at('/live')).toHaveLength(100);
    // 100 deliveries to the silent one take 50 s at two at a time.
    expect(Date.now() - startedAt).toBeLessThan(40_000);
    await sqlOf(database).query("DELETE FROM webhook_deliveries WHERE state = 'pending'");
  }, 90_000);

  it('keeps what failed for good as dead, and goes on with what is behind it', async () => {
    answer = ({ info }, response) => {
      if (info === 'bad') response.statusCode = 400;
    };
    await begin(['/picky'], { EVEYS_OCPP_WEBHOOK_MAX_ATTEMPTS: '3' });
    await produce('CP7', ['bad', 'good']);
    await eventually(() => accepted.length === 1);
    expect(at('/picky')).toEqual(['good']);
    const { items } = await log.list({ limit: 10, subscription: 'picky', state: 'dead' });
    expect(items).toEqual([
      expect.objectContaining({ cpId: 'CP7', attempts: 3, lastStatus: 400, lastError: 'answered 400' }),
    ]);
    expect(attempts.filter((one) => one.info === 'bad')).toHaveLength(3);
  }, 90_000);

  it('puts aside events that Postgres refuses, and delivers the others of their batch', async () => {
    await begin(['/tolerant']);
    const reported = (info: string) => statusEvent({ info }, { cpId: 'CP13' });
    const beforePostgres = { ...reported('refused'), recordedAt: new Date(-8.64e15) };
    const longerThanAnIndexTakes = { ...reported('refused'), cpId: randomBytes(8_000).toString('base64') };
    const events = [reported('before'), beforePostgres, longerThanAnIndexTakes, reported('after')];
    await producer.send(events.map((event) => ({ topic: event.type, key: 'CP13', value: encodeEvent(event) })));
    await eventually(() => accepted.length === 2);
    expect(at('/tolerant')).toEqual(['before', 'after']);
  }, 90_000);

  it('sends nothing more to a receiver that answered 410, from any process, until it is enabled again', async () => {
    let gone = true;
    answer = ({ path }, response) => {
      if (path === '/gone' && gone) response.statusCode = 410;
    };
    const [registry, other] = [new Registry(), new Registry()];
    await begin(['/gone', '/stays'], {}, registry);
    await begin(['/gone', '/stays'], {}, other);
    await produce('CP8', ['0']);
    await eventually(() => attempts.some((one) => one.path === '/gone'));
    await eventually(async () => (await store.get('gone'))?.state === 'disabled');
    for (const each of [registry, other]) await shows(each, 'gone', 'disabled');
    await produce('CP8', ['1', '2']);
    await eventually(() => at('/stays').length === 3);
    expect(attempts.filter((one) => one.path === '/gone')).toHaveLength(1);
    expect(await store.get('gone')).toMatchObject({ stateReason: 'its receiver answered 410 Gone' });
    const metrics = await registry.metrics();
    expect(metrics).toMatch(/webhook_subscription_state\{subscription="gone",state="disabled"\} 1/);
    expect(metrics).toMatch(/webhook_pending\{subscription="gone"\} 2/);
    expect(metrics).toMatch(/webhook_dead\{subscription="gone"\} 1/);
    gone = false;
    await store.setState('gone', 'active', null);
    await eventually(() => at('/gone').length === 2);
    expect(at('/gone')).toEqual(['1', '2']);
    expect(await log.replayMatching({ subscription: 'gone' })).toBe(1);
    await eventually(() => at('/gone').length === 3);
  }, 90_000);

  it('delivers to what is created, paused, changed and deleted while it runs, and tests it', async () => {
    const { port } = receiver.address() as AddressInfo;
    const url = (path: string) => `http://127.0.0.1:${port}${path}`;
    const registry = new Registry();
    await begin(['/stays'], {}, registry);
    expect(
      await store.create({ name: 'managed', url: url('/managed'), events: ['cp.status'], ordered: true }, SECRET),
    ).toBe('created');
    await shows(registry, 'managed', 'active');
    await produce('CP14', ['0']);
    await eventually(() => at('/managed').length === 1);
    await store.setState('managed', 'paused', null);
    await shows(registry, 'managed', 'paused');
    await produce('CP14', ['1']);
    await eventually(() => at('/stays', 'CP14').length === 2);
    expect(at('/managed')).toEqual(['0']);
    await store.change('managed', { url: url('/moved') });
    await store.rotate('managed', OTHER_SECRET, new Date(Date.now() + 60_000));
    await store.setState('managed', 'active', null);
    await eventually(() => at('/moved').length === 1);
    expect(at('/moved')).toEqual(['1']);
    expect(await log.resend({ subscription: 'managed' })).toBe(2);
    await eventually(() => at('/moved').length === 3);
    expect(at('/moved')).toEqual(['1', '0', '1']);
    const id = '019b796d-d600-7321-bba6-0b16c110c6fe';
    await tests.request(id, 'managed');
    await eventually(async () => (await tests.get(id))?.endedAt);
    expect(await tests.get(id)).toMatchObject({ status: 200, error: null });
    expect(attempts.at(-1)).toMatchObject({ path: '/moved', type: 'webhook.test' });
    await store.delete('managed');
    await eventually(async () => !(await registry.metrics()).includes('subscription="managed",state='));
    await produce('CP14', ['2']);
    await eventually(() => at('/stays', 'CP14').length === 3);
    expect(at('/moved')).toHaveLength(4);
  }, 90_000);

  it('does not slow a hundred live receivers down when there is a dead one beside them', async () => {
    const live = numbers(100).map((n) => `/live-${n}`);
    let dead = true;
    const unanswered: ServerResponse[] = [];
    answer = ({ path }, response) => {
      if (path !== '/dead' || !dead) return;
      response.statusCode = 0;
      unanswered.push(response);
    };
    const p99 = async (round: string, paths: readonly string[]): Promise<number> => {
      accepted = [];
      dead = true;
      const dispatcher = await begin(paths);
      await produce(`CP15-${round}`, ['first']);
      await eventually(() => accepted.length >= 100);
      accepted = [];
      const sentAt: number[] = [];
      for (const n of numbers(4)) {
        sentAt.push(Date.now());
        await produce(`CP15-${round}-${n}`, [n]);
        // Slow enough that neither this process nor the machine is busy.
        await sleep(1000);
      }
      await eventually(() => accepted.length >= 400);
      const waits = accepted.map((one) => one.at - (sentAt[Number(one.info)] ?? 0)).sort((a, b) => a - b);
      dead = false;
      for (const response of unanswered.splice(0)) response.destroy();
      await end(dispatcher);
      await sqlOf(database).query("DELETE FROM webhook_deliveries WHERE state = 'pending'");
      return waits[Math.ceil(waits.length * 0.99) - 1] ?? Infinity;
    };
    const rounds: { without: number; beside: number }[] = [];
    for (const round of numbers(3)) {
      const without = () => p99(`a${round}`, live);
      const beside = () => p99(`b${round}`, [...live, '/dead']);
      // In turns, so that what changes with time favours neither.
      if (Number(round) % 2 === 0) rounds.push({ without: await without(), beside: await beside() });
      else rounds.push({ beside: await beside(), without: await without() });
    }
    process.stdout.write(`p99 of a hundred, without and beside a dead one, ms: ${JSON.stringify(rounds)}\n`);
    const median = (values: number[]) => values.sort((a, b) => a - b)[1] ?? Infinity;
    const without = median(rounds.map((one) => one.without));
    // A single attempt at the dead one takes twenty seconds.
    expect(median(rounds.map((one) => one.beside))).toBeLessThan(without * 1.25 + 5_000);
  }, 180_000);

  it('loses nothing and keeps the order when it is stopped midway and another takes over', async () => {
    const first = await begin(['/moving']);
    await produce('CP9', numbers(300));
    await eventually(() => accepted.length >= 20);
    await end(first);
    const soFar = accepted.length;
    expect(soFar).toBeLessThan(300);
    await begin(['/moving']);
    await eventually(() => accepted.length >= 300);
    expect(at('/moving')).toEqual(numbers(300));
  }, 90_000);

  it('delivers once between two instances that run side by side', async () => {
    await begin(['/shared']);
    await begin(['/shared']);
    await Promise.all(numbers(6).map((n) => produce(`CP10-${n}`, numbers(20))));
    await eventually(() => accepted.length >= 120);
    await sleep(500);
    for (const n of numbers(6)) expect(at('/shared', `CP10-${n}`)).toEqual(numbers(20));
  }, 90_000);

  it('delivers what it wrote from memory, without a claim, and keeps the row as delivered', async () => {
    const claimDue = jest.spyOn(WebhookDeliveries.prototype, 'claimDue');
    await begin(['/held']);
    await Promise.all(['CP16', 'CP17'].map((cpId) => produce(cpId, numbers(20))));
    await eventually(() => accepted.length === 40);
    for (const cpId of ['CP16', 'CP17']) expect(at('/held', cpId)).toEqual(numbers(20));
    const delivered = () => log.list({ limit: 50, subscription: 'held', state: 'delivered' });
    await eventually(async () => (await delivered()).items.length === 40);
    const { items: rows } = await delivered();
    expect(new Set(rows.map(({ attempts: begun, lastStatus }) => `${begun} ${lastStatus}`))).toEqual(
      new Set(['1 200']),
    );
    const claimed = await Promise.all(claimDue.mock.results.map(({ value }) => value as Promise<unknown[]>));
    claimDue.mockRestore();
    expect(claimed.flat()).toEqual([]);
  }, 90_000);

  it('waits with what it holds for an older event that a process that died had held', async () => {
    const now = new Date();
    const event = statusEvent({ info: 'left' }, { cpId: 'CP18' });
    const body = JSON.stringify({ data: { id: event.id, cp_id: 'CP18', payload: { info: 'left' } } });
    const heldUntil = new Date(now.getTime() + 3000);
    const left = { subscription: 'late', eventId: event.id, eventType: 'cp.status', cpId: 'CP18', body };
    await queue.enqueue([{ ...left, recordedAt: new Date(0), heldUntil }], now);
    await begin(['/late']);
    await produce('CP18', numbers(3));
    await eventually(() => accepted.length === 4);
    expect(at('/late')).toEqual(['left', ...numbers(3)]);
    expect(accepted[0]?.at).toBeGreaterThanOrEqual(heldUntil.getTime());
  }, 90_000);

  it('gives what it holds to others when it stops', async () => {
    const unanswered: ServerResponse[] = [];
    answer = (_, response) => {
      response.statusCode = 0;
      unanswered.push(response);
    };
    const first = await begin(['/given'], { EVEYS_OCPP_WEBHOOK_TIMEOUT_S: '1' });
    await produce('CP19', numbers(5));
    await eventually(() => unanswered.length === 1);
    answer = () => undefined;
    await end(first);
    // They were written as held for ten seconds.
    const rows = await sqlOf(database).query<{ due: boolean }>(
      "SELECT next_attempt_at <= clock_timestamp() + interval '1 s' AS due FROM webhook_deliveries WHERE subscription = 'given'",
    );
    expect(rows).toEqual(numbers(5).map(() => ({ due: true })));
    await begin(['/given']);
    await eventually(() => accepted.length === 5);
    expect(at('/given')).toEqual(numbers(5));
  }, 90_000);

  it('takes over what a process that died had claimed, once the claim has run out', async () => {
    const now = new Date();
    const { id: eventId } = statusEvent();
    const body = JSON.stringify({ data: { id: eventId, cp_id: 'CP11', payload: { info: 'left' } } });
    const left = { subscription: 'heir', eventId, eventType: 'cp.status', cpId: 'CP11', body, recordedAt: now };
    await queue.enqueue([left], now);
    expect(await queue.claimDue({ limit: 1, now, leaseMs: 2000, subscription: 'heir' })).toHaveLength(1);
    await begin(['/heir']);
    await eventually(() => accepted.length === 1);
    expect((accepted[0]?.at ?? 0) - now.getTime()).toBeGreaterThanOrEqual(2000);
  }, 90_000);
});
