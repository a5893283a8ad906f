import type { EventProducer } from '@ocpp-gw/kafka';
import {
  OutboxRetries,
  type Leadership,
  type Outbox,
  type OutboxDepth,
  type OutboxLane,
  type OutboxPlace,
  type RelayedLane,
} from '@ocpp-gw/persistence';
import { OutboxWakes } from '@ocpp-gw/redis';
import { isTracing, type Logger } from '@ocpp-gw/service-kit';
import type { Redis } from 'ioredis';
import type { BackendClient } from '../backend/backend-client.ts';
import type { OutboxLimit } from '../effects/index.ts';
import type { EdgeMetrics } from '../metrics.ts';
import { tracedProducer } from '../tracing/deliveries.ts';
import { BackendDelivery } from './backend-delivery.ts';
import { KafkaDelivery } from './kafka-delivery.ts';
import { Relay, type RelayObserver } from './relay.ts';

/** A produce request, and what consumers do for it, cost as much as dozens of events. */
const KAFKA_GATHER_MS = 50;
/** Each call that ends looks for what is next. */
const BACKEND_GATHER_MS = 10;

export interface RelaysOptions {
  outbox: Outbox;
  leadership: Leadership;
  producer: EventProducer;
  /** Null where none is wired. */
  backend: Pick<BackendClient, 'deliver' | 'circuit'> | null;
  cache: Redis;
  subscriber: Redis;
  limit: OutboxLimit;
  metrics: EdgeMetrics;
  logger: Logger;
}

/** What empties the outbox: to Kafka, and to the backend if one is wired. */
export class Relays {
  private readonly relays: Readonly<Partial<Record<OutboxLane, Relay>>>;
  private readonly wakes: OutboxWakes;

  constructor(options: RelaysOptions) {
    const { outbox, leadership, producer, backend, cache, subscriber, metrics, logger } = options;
    this.wakes = new OutboxWakes({
      publisher: cache,
      subscriber,
      logger,
      onWake: (lane, shard) => this.relays[lane as OutboxLane]?.wake(shard),
    });
    const to = (lane: RelayedLane) => ({
      outbox,
      logger,
      delivered: (rows: number) => metrics.outboxDelivered.inc({ lane }, rows),
    });
    const by = (lane: RelayedLane, gatherMs: number) => ({
      leadership,
      outbox,
      logger,
      gatherMs,
      hears: () => this.wakes.hears,
      observer: observe(lane, options),
    });
    this.relays = {
      kafka: new Relay(
        new KafkaDelivery({ ...to('kafka'), producer: isTracing() ? tracedProducer(producer) : producer }),
        by('kafka', KAFKA_GATHER_MS),
      ),
      ...(backend && {
        backend: new Relay(
          new BackendDelivery({ ...to('backend'), backend, retries: new OutboxRetries() }),
          by('backend', BACKEND_GATHER_MS),
        ),
      }),
    };
  }

  start(): void {
    this.wakes.start();
    for (const relay of Object.values(this.relays)) relay.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.wakes.stop(), ...Object.values(this.relays).map((relay) => relay.stop())]);
  }

  /** Something was committed here. */
  committed(places: readonly OutboxPlace[]): void {
    const elsewhere = places.filter(({ lane, shard }) => {
      const relay = this.relays[lane];
      if (!relay?.leads(shard)) return relay !== undefined;
      relay.wake(shard);
      return false;
    });
    if (elsewhere.length > 0) this.wakes.announce(elsewhere);
  }
}

function observe(lane: RelayedLane, { metrics, outbox, limit }: RelaysOptions): RelayObserver {
  const show = (of: OutboxLane, { rows, oldestSeconds }: OutboxDepth): void => {
    metrics.outboxRows.set({ lane: of }, rows);
    metrics.outboxAge.set({ lane: of }, oldestSeconds);
  };
  const dead = `${lane}-dead` as const;
  return {
    depth: (depth) => {
      show(lane, depth);
      limit.observe(lane, depth.rows);
      // What was refused for good waits for people, not for a relay. Not read: the last figures stand.
      void outbox.depth(dead).then(
        (refused) => show(dead, refused),
        () => undefined,
      );
    },
    interrupted: () => metrics.outboxInterruptions.inc({ lane }),
    leads: (shards) => metrics.outboxShards.set({ lane }, shards),
  };
}
