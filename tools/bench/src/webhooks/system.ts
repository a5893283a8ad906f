import { encodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane } from '@ocpp-gw/data-plane';
import { EventProducer } from '@ocpp-gw/kafka';
import {
  WebhookDeliveries,
  WebhookDeliveryLog,
  WebhookSecrets,
  WebhookSubscriptions,
  createDatabase,
} from '@ocpp-gw/persistence';
import { ServiceProcess, startTogether } from '@ocpp-gw/rig';
import { engineSettings, prepareEngines } from '@ocpp-gw/rig/settings';
import { statusEvent } from '@ocpp-gw/testing';
import type { Condition } from './conditions.ts';
import type { WebhookBenchOptions } from './options.ts';
import { Receivers } from './receivers.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const DEAD = 'dead';
const DEAD_FOR_HOURS = 'dead-for-hours';
const HOURS_MS = 5 * 3_600_000;
const ROWS_AT_ONCE = 1_000;

interface Parts {
  producer: EventProducer;
  store: WebhookSubscriptions;
  queue: WebhookDeliveries;
  log: WebhookDeliveryLog;
}

/** The dispatcher as built, on real Kafka and Postgres, with its settings as they are by default. */
export class WebhookSystem {
  readonly receivers: Receivers;
  readonly #parts: Parts;
  readonly #options: WebhookBenchOptions;

  private constructor(receivers: Receivers, parts: Parts, options: WebhookBenchOptions) {
    this.receivers = receivers;
    this.#parts = parts;
    this.#options = options;
  }

  /** Starts everything, or leaves nothing behind. */
  static start(options: WebhookBenchOptions): Promise<{ system: WebhookSystem; stop(): Promise<void> }> {
    return startTogether(async (started) => {
      const plane = await started.keep(
        startDataPlane({ name: 'bench-webhooks', ports: 'random', only: ['kafka', 'postgres'] }),
      );
      const engines = engineSettings(plane);
      await prepareEngines(engines);
      const receivers = await started.keep(Receivers.start());
      const database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'bench' });
      await database.start();
      started.onStop(() => database.stop());
      const store = new WebhookSubscriptions(database, new WebhookSecrets(undefined));
      for (let n = 1; n <= options.subscriptions; n += 1)
        await store.create(subscription(`live-${n}`, receivers.ports.live), SECRET);
      const env = { ...engines, EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true' };
      await started.keep(ServiceProcess.startApp({ app: 'webhook-dispatcher', env, directory: plane.directory }));
      const producer = await started.keep(new EventProducer({ brokers: [plane.kafkaBrokers], clientId: 'bench' }));
      const parts = { producer, store, queue: new WebhookDeliveries(database), log: new WebhookDeliveryLog(database) };
      const system = new WebhookSystem(receivers, parts, options);
      await system.#fillBacklog();
      return { system };
    });
  }

  /** One event of the charger of this number. */
  async publish(charger: number): Promise<void> {
    const event = eventOf(charger);
    await this.#parts.producer.send([{ topic: event.type, key: event.cpId, value: encodeEvent(event) }]);
  }

  async setUp({ dead, backlog }: Condition): Promise<void> {
    if (dead === null) return;
    const name = backlog ? DEAD_FOR_HOURS : DEAD;
    await this.#parts.store.create(subscription(name, this.receivers.ports[dead]), SECRET);
  }

  /** The backlog stays: it took hours. */
  async tearDown(): Promise<void> {
    for (const name of [DEAD, DEAD_FOR_HOURS]) await this.#parts.store.delete(name);
    await this.#parts.log.deleteOf(DEAD);
  }

  /** What hours leave: the oldest event of each charger has failed and is tried in hours, and the others came later. */
  async #fillBacklog(): Promise<void> {
    const { queue } = this.#parts;
    const { chargers, backlog } = this.#options;
    const oldest = Array.from({ length: chargers }, (_, charger) => rowOf(charger));
    await queue.enqueue(oldest);
    const claimed = await queue.claimDue({
      subscription: DEAD_FOR_HOURS,
      limit: chargers,
      now: new Date(),
      leaseMs: 60_000,
    });
    for (const { id } of claimed) await queue.markRetry(id, new Date(Date.now() + HOURS_MS), 'answered 500', 500);
    for (let at = 0; at < backlog; at += ROWS_AT_ONCE) {
      const length = Math.min(ROWS_AT_ONCE, backlog - at);
      await queue.enqueue(Array.from({ length }, (_, n) => rowOf((at + n) % chargers)));
    }
  }
}

function subscription(name: string, port: number) {
  return { name, url: `http://127.0.0.1:${port}/${name}`, events: ['cp.status'], ordered: true };
}

function eventOf(charger: number) {
  const now = new Date();
  return statusEvent({}, { cpId: `BENCH-${charger}`, occurredAt: now, recordedAt: now });
}

function rowOf(charger: number) {
  const { id: eventId, type: eventType, cpId, recordedAt } = eventOf(charger);
  return { subscription: DEAD_FOR_HOURS, eventId, eventType, cpId, body: '{}', recordedAt: recordedAt as Date };
}
