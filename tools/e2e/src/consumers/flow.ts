import { setTimeout as sleep } from 'node:timers/promises';
import { encodeEvent } from '@ocpp-gw/contracts';
import { RetriableError, type EventProducer } from '@ocpp-gw/kafka';
import {
  connectionEvent,
  endedEvent,
  heardAt,
  meterEvent,
  startedEvent,
  statusEvent,
  type TestEvent,
} from '@ocpp-gw/testing';

const PACE_MS = 50;

/** What chargers that charge in turn tell, as the relay of ws-edge passes it on: in order, again where Kafka is away. */
export class Flow {
  readonly #producer: EventProducer;
  readonly #sent: ReadonlyMap<string, TestEvent[]>;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(producer: EventProducer, cpIds: readonly string[]) {
    this.#producer = producer;
    this.#sent = new Map(cpIds.map((cpId) => [cpId, []]));
  }

  /** Ids of the events of each charger, in order. */
  get published(): ReadonlyMap<string, string[]> {
    return new Map([...this.#sent].map(([cpId, events]) => [cpId, events.map(({ id }) => id)]));
  }

  get ids(): string[] {
    return [...this.#sent.values()].flat().map(({ id }) => id);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves once Kafka has all of it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** One event of each charger. */
  async tick(): Promise<void> {
    const next = [...this.#sent].map(([cpId, sent]) => nextOf(cpId, sent));
    for (const event of next) this.#sent.get(event.cpId)?.push(event);
    const messages = next.map((event) => ({ topic: event.type, key: event.cpId, value: encodeEvent(event) }));
    for (;;) {
      try {
        return await this.#producer.send(messages);
      } catch (error) {
        if (!(error instanceof RetriableError)) throw error;
      }
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.tick();
      await sleep(PACE_MS);
    }
  }
}

const STATUSES = ['Charging', 'Finishing', 'Available'];

/** A session after another, over as many topics as it has events, so that their order is not Kafka's doing. */
function nextOf(cpId: string, sent: readonly TestEvent[]): TestEvent {
  const now = new Date();
  const overrides = { cpId, occurredAt: now, recordedAt: now };
  const session = Math.floor(sent.length / 4);
  const transactionId = `${cpId}-${session}`;
  const [startedAt = now, sampledAt = now] = sent.slice(session * 4).map(({ occurredAt }) => occurredAt);
  switch (sent.length % 4) {
    case 0:
      return startedEvent({ transactionId, meterStartWh: 1000, ...heardAt(now) }, overrides);
    case 1: {
      const energy = delivered(startedAt, 1, startedAt, now);
      return meterEvent({ transactionId, samples: [{ sampledAt: now, value: 2000 }], energy }, overrides);
    }
    case 2:
      return session % 2 === 0
        ? statusEvent({ status: STATUSES[session % 3] }, overrides)
        : connectionEvent({ connected: session % 4 === 1, connectionId: `${cpId}-${session}` }, overrides);
    default: {
      const energy = delivered(startedAt, 2, sampledAt, now);
      const registers = { meterStartWh: 1000, meterStopWh: 3000, energyWh: 2000 };
      return endedEvent({ transactionId, startedAt, ...registers, energy }, overrides);
    }
  }
}

/** Each interval of a session is one kWh. */
function delivered(firstHeardAt: Date, number: number, fromAt: Date, toAt: Date) {
  const [fromWh, toWh] = [(number - 1) * 1000, number * 1000];
  const interval = { number, fromAt, fromWh, toAt, toWh, quality: [] };
  return { firstHeardAt, number, energyWh: toWh, reachedAt: toAt, intervals: [interval] };
}
