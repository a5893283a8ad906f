import {
  Leadership,
  Outbox,
  type GroupObserver,
  type OutboxDepth,
  type OutboxLane,
  type OutboxRow,
} from '@ocpp-gw/persistence';
import { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import { TransactionRequestWorker } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Backend } from './backend/backend.ts';
import type { BackingServices } from './backing-services.ts';
import {
  BackendRelay,
  Commit,
  carryOutRequests,
  Effects,
  OutboxLimit,
  OutboxRelay,
  Silence,
  StationRecorder,
  StationTransactions,
  type RelayObserver,
  type RelayedLane,
} from './effects/index.ts';
import type { Config } from './config.ts';
import type { EdgeMetrics } from './metrics.ts';
import type { Session } from './session/session.ts';
import type { SessionListener } from './session/sessions.ts';

/** A produce request, and what consumers do for it, cost as much as dozens of events. */
const KAFKA_GATHER_MS = 25;
/** Each call that ends looks for what is next. */
const BACKEND_GATHER_MS = 10;

/** What is written of chargers, and the relays that carry it on: to Kafka, and to the backend if one is wired. */
export class OutboxSide implements SessionListener {
  readonly effects: Effects;
  readonly recorder: StationRecorder;
  readonly transactions: StationTransactions;
  readonly ledgers: TransactionLedgers;
  private readonly silence: Silence;
  private readonly requests: TransactionRequestWorker;
  private readonly relays: Readonly<Partial<Record<RelayedLane, OutboxRelay | BackendRelay>>>;

  constructor(config: Config, services: BackingServices, { client }: Backend, metrics: EdgeMetrics, logger: Logger) {
    const pod = config.EVEYS_OCPP_POD_NAME;
    const { database, producer } = services;
    const outbox = new Outbox(database);
    const leadership = new Leadership(database);
    const commit = new Commit({ database, outbox, onCommitted: (lane) => this.relays[lane]?.nudge() });
    const limit = new OutboxLimit({ maxRows: config.EVEYS_OCPP_WS_OUTBOX_MAX_ROWS, logger });
    this.ledgers = new TransactionLedgers(database);
    this.transactions = new StationTransactions(this.ledgers);
    this.effects = new Effects({
      commit,
      transactions: this.transactions,
      limit,
      pod,
      backend: client !== null,
      sessionUpdates: config.EVEYS_OCPP_BACKEND_OPTIONAL_CALLS.includes('session-update'),
      batch: config.EVEYS_OCPP_WS_COMMIT_BATCH,
      observer: observeGroups(metrics),
    });
    this.silence = new Silence({
      leadership,
      effects: this.effects,
      logger,
      silenceMs: config.EVEYS_OCPP_TRANSACTION_SUSPECT_SILENCE_S * 1000,
    });
    this.requests = new TransactionRequestWorker({
      redis: services.redis,
      logger,
      carryOut: carryOutRequests(this.effects),
    });
    this.recorder = new StationRecorder({ commit, pod });
    const common = (lane: RelayedLane) => ({
      leadership,
      outbox,
      logger,
      observer: observe(metrics, lane, outbox, limit),
    });
    this.relays = {
      kafka: new OutboxRelay({ ...common('kafka'), producer, gatherMs: KAFKA_GATHER_MS }),
      ...(client && {
        backend: new BackendRelay({
          ...common('backend'),
          gatherMs: BACKEND_GATHER_MS,
          deliver: (path, cpId, data, key) => client.deliver(path, cpId, data, key),
        }),
      }),
    };
  }

  /** Another pod may have written of the charger's transactions since it was here. */
  opened({ peer }: Session): void {
    this.transactions.forget(peer.cpId);
  }

  ended({ peer }: Session): void {
    this.transactions.forget(peer.cpId);
  }

  start(): void {
    for (const relay of Object.values(this.relays)) relay.start();
    this.silence.start();
    this.requests.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.silence.stop(), this.requests.stop()]);
    await Promise.all(Object.values(this.relays).map((relay) => relay.stop()));
  }
}

function observe(metrics: EdgeMetrics, lane: RelayedLane, outbox: Outbox, limit: OutboxLimit): RelayObserver {
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
        (buried) => show(dead, buried),
        () => undefined,
      );
    },
    delivered: (rows: readonly OutboxRow[]) => metrics.outboxDelivered.inc({ lane }, rows.length),
  };
}

function observeGroups(metrics: EdgeMetrics): GroupObserver {
  return {
    began: (waitSeconds) => {
      metrics.commitBatch.observe(waitSeconds.length);
      for (const seconds of waitSeconds) metrics.commitWait.observe(seconds);
    },
    split: () => metrics.commitSplits.inc(),
  };
}
