import { setTimeout as sleep } from 'node:timers/promises';
import { encodeEvent } from '@ocpp-gw/contracts';
import { RetriableError, type EventProducer } from '@ocpp-gw/kafka';
import { endedEvent, meterEvent, startedEvent, statusEvent, type TestEvent } from '@ocpp-gw/testing';

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
    const next = [...this.#sent].map(([cpId, sent]) => nextOf(cpId, sent.length));
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

/** A session after another, over as many topics as it has events, so that their order is not Kafka's doing. */
function nextOf(cpId: string, n: number): TestEvent {
  const now = new Date();
  const overrides = { cpId, occurredAt: now, recordedAt: now };
  const transactionId = `${cpId}-${Math.floor(n / 4)}`;
  switch (n % 4) {
    case 0:
      return startedEvent({ transactionId, meterStartWh: 1000 }, overrides);
    case 1:
      return meterEvent({ transactionId, samples: [{ sampledAt: now, value: 2000 }] }, overrides);
    case 2:
      return statusEvent({ status: 'Finishing' }, overrides);
    default:
      return endedEvent({ transactionId, meterStartWh: 1000, meterStopWh: 3000, energyWh: 2000 }, overrides);
  }
}
